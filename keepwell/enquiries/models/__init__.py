from keepwell.enquiries.models.enquiry import OPEN_STATES, Enquiry, Kind, State

__all__ = ["OPEN_STATES", "Enquiry", "Kind", "State"]
