"""Who somebody is: identity, roles and what each role may do, sign-in.

What a person does for the vendor stands in `staffing`, what a person is to a customer in `customers`.
"""
