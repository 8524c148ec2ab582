"""The invented vendor and the towns it serves. Nobody here exists; all addresses end in .example."""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.people.models import Role

VENDOR = "Causeway Software"
SENDER = "support@causeway.example"
WATER, WATER_SENDER = "Causeway Water", "water@causeway.example"
SIGNATURE = "Causeway Software\nSupport 07:00 to 19:00 Central, Monday to Friday"

PRODUCTS = {
    "Causeway Works": ("Work orders", "Assets", "Crew mobile", "Inspections"),
    "Causeway Permits": ("Applications", "Plan review", "Fees"),
    "Causeway Fleet": ("Vehicles", "Fuel", "Preventive maintenance"),
    WATER: ("Meters", "Billing export", "Leak watch"),
}

TEAMS = (("Front line", 1), ("Investigations", 2), ("Consulting", 3), ("Engineering", 3))
# The team whose people are on call by turns.
ON_CALL = "Front line"


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """`key` names the person in stories and in the printed sign-ins."""

    key: str
    name: str
    role: str
    title: str
    level: int | None = None
    team: str = ""
    language: str = ""


STAFF = (
    StaffMember(
        key="ruiz",
        name="Marisol Ruiz",
        role=Role.SPECIALIST,
        title="Support specialist",
        level=1,
        team="Front line",
        language="es",
    ),
    StaffMember(
        key="okafor",
        name="Tobe Okafor",
        role=Role.SPECIALIST,
        title="Support specialist",
        level=1,
        team="Front line",
    ),
    StaffMember(
        key="hale",
        name="Winnie Hale",
        role=Role.SPECIALIST,
        title="Support specialist",
        level=1,
        team="Front line",
    ),
    StaffMember(
        key="petrov",
        name="Anton Petrov",
        role=Role.SPECIALIST,
        title="Support specialist",
        level=1,
        team="Front line",
    ),
    StaffMember(
        key="osei",
        name="Thea Osei",
        role=Role.SPECIALIST,
        title="Senior support specialist",
        level=2,
        team="Investigations",
    ),
    StaffMember(
        key="lund",
        name="Jonas Lund",
        role=Role.SPECIALIST,
        title="Senior support specialist",
        level=2,
        team="Investigations",
    ),
    StaffMember(
        key="brandt",
        name="Greta Brandt",
        role=Role.CONSULTANT,
        title="Technical consultant",
        level=3,
        team="Consulting",
    ),
    StaffMember(
        key="ito",
        name="Kenji Ito",
        role=Role.ENGINEER,
        title="Software engineer",
        level=3,
        team="Engineering",
    ),
    StaffMember(
        key="mehta",
        name="Asha Mehta",
        role=Role.ENGINEER,
        title="Software engineer",
        level=3,
        team="Engineering",
    ),
    StaffMember(
        key="lindqvist", name="Anna Lindqvist", role=Role.SUCCESS_MANAGER, title="Customer success manager"
    ),
    StaffMember(key="dube", name="Marc Dube", role=Role.SUCCESS_MANAGER, title="Customer success manager"),
    StaffMember(key="moreau", name="Paul Moreau", role=Role.ACCOUNT_MANAGER, title="Account manager"),
    StaffMember(
        key="castell",
        name="Ines Castell",
        role=Role.LEAD,
        title="Head of support",
        level=2,
        team="Investigations",
    ),
    StaffMember(key="vance", name="Robin Vance", role=Role.ADMINISTRATOR, title="Administrator"),
)

TOWNS = (
    "Elm Falls", "Harlow Bend", "Pike Crossing", "Sable Creek", "Marlow", "Tanner's Ferry", "Ashby", "Quarry Hill",
    "Lindenau", "Brisco", "Copper Ridge", "Dunmore", "Eastlake", "Fallowfield", "Grand Oaks", "Hollis", "Ironton",
    "Juniper", "Kestrel Bay", "Larkspur", "Mill Haven", "New Dover", "Oak Prairie", "Pinecrest", "Rowan", "Saltmarsh",
    "Tilden", "Union Mills", "Vesper", "Walden", "Yarrow", "Zion Grove", "Amberley", "Bluewater", "Cedar Point",
    "Drummond", "Evergreen", "Foxglove", "Granby", "Heron Lake", "Isleton", "Kingsway", "Lowell Springs", "Maplewood",
    "Northgate", "Orchard", "Prairie View", "Redstone", "Silver Bend", "Thornton",
)  # fmt: skip
COUNTIES = ("Alder", "Bracken", "Calloway", "Dunn", "Esker", "Fenwick", "Garland", "Holt", "Irving", "Jasper")

# Beyond the first sixty accounts each town has these of its own.
DISTRICTS = (
    "Water District", "School District", "Transit Authority", "Housing Authority", "Port Authority", "Parks District",
    "Fire District", "Library District",
)  # fmt: skip

FIRST_NAMES = (
    "Dana", "Carl", "Lucia", "Omar", "Beth", "Noah", "Priya", "Walt", "Irene", "Hugo", "Mai", "Stan", "Rosa", "Felix",
    "Judy", "Amir", "Tessa", "Gus", "Lena", "Victor", "Nell", "Ray", "Yuki", "Paulo", "Edith", "Sven", "Carmen", "Ivan",
)  # fmt: skip
LAST_NAMES = (
    "Kessler", "Ortega", "Hughes", "Bauer", "Nakata", "Reyes", "Doyle", "Singh", "Fontaine", "Larsen", "Abara", "Weiss",
    "Moss", "Quinn", "Tran", "Hollander", "Petit", "Sousa", "Grady", "Winter", "Novak", "Ferris", "Cho", "Barlow",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What goes wrong: the customer's subject and words, and how it usually ends."""

    product: str
    subject: str
    words: str
    cause: str
    how: str = "corrected"


PROBLEMS: dict[str, tuple[Problem, ...]] = {
    "high": (
        Problem(
            product="Causeway Works",
            subject="Work orders cannot be saved since this morning",
            words="Every crew lead gets “Could not save” on any work order. Nothing is recorded. "
            "**34 people** are affected.",
            cause="A lock on the work order table after an interrupted import",
        ),
        Problem(
            product="Causeway Water",
            subject="Billing export stops half way, bills are due today",
            words="The export ends at meter 4,211 with an error. The bills have to be printed this afternoon.",
            cause="One meter with two active readings",
        ),
        Problem(
            product="Causeway Permits",
            subject="Nobody can sign in to Permits",
            words="We see the sign-in page, and then a blank page. The counter is closed because of it.",
            cause="An expired certificate of the city's own sign-in",
        ),
        Problem(
            product="Causeway Fleet",
            subject="Fuel pumps do not open for any vehicle",
            words="No vehicle is recognised at the pumps since 5 this morning, ambulances included.",
            cause="The controller had lost its key after a power failure",
            how="worked_around",
        ),
    ),
    "normal": (
        Problem(
            product="Causeway Works",
            subject="Photos from the crew app arrive rotated",
            words="Since the last update the photos of potholes lie on their side in the work order.",
            cause="Orientation was dropped when pictures are made smaller",
        ),
        Problem(
            product="Causeway Works",
            subject="Inspections assigned to the wrong district",
            words="All new inspections in the east go to the west crew.\n\n- it began on Monday\n- reassigning works",
            cause="The district map had been imported with two areas swapped",
        ),
        Problem(
            product="Causeway Permits",
            subject="Fee for fences is calculated twice",
            words="A fence permit shows the plan review fee twice. We correct it by hand for now.",
            cause="A rule that had been copied for the new year",
        ),
        Problem(
            product="Causeway Water",
            subject="Leak watch warns about meters that are shut off",
            words="We get about 20 warnings a day for houses that have no water at all.",
            cause="Shut-off meters were not left out of the night reading",
        ),
        Problem(
            product="Causeway Fleet",
            subject="Maintenance reminders go to a former colleague",
            words="How can we change who gets the reminders? The setting seems to be gone.",
            cause="The setting had moved to the department",
            how="answered",
        ),
    ),
    "low": (
        Problem(
            product="Causeway Works",
            subject="Can the list of assets be sorted by age?",
            words="It would help us to plan the replacement of signs.",
            cause="A question of use",
            how="answered",
        ),
        Problem(
            product="Causeway Permits",
            subject="Typing error on the printed permit",
            words="It says “inspecton” on page two.",
            cause="A typing error in the template",
        ),
        Problem(
            product="Causeway Water",
            subject="How do we add a second reading route?",
            words="We bought a second truck and would like to split the route.",
            cause="A question of use",
            how="answered",
        ),
        Problem(
            product="Causeway Fleet",
            subject="Colours of the vehicle chart are hard to tell apart",
            words="Two of our people cannot tell the green from the brown.",
            cause="The palette was changed",
        ),
    ),
}

SITUATIONS = {
    "high": ("nobody can work", "the counter is closed", "bills are due today"),
    "normal": ("one crew is hindered", "worked around by hand", "some results are wrong"),
    "low": ("a question", "a small nuisance", "can wait"),
}
FIRST_ANSWERS = (
    "Thank you for writing. I can see it on your site and am looking into it. I will write again before noon.",
    "I have found the entry you mean and can reproduce what you describe. One moment, I am checking the log.",
    "Thanks, this is clear. I am trying the same steps on a copy of your data now.",
)
QUESTIONS = (
    "Could you tell me which browser and which version it is, and whether a colleague sees the same?",
    "Could you send me the number of one work order where it happens?",
    "May I sign in to your test system to try the change there first?",
)
CUSTOMER_ANSWERS = (
    "It is the newest version of the browser. My colleague sees the same.",
    "For example number 20418. It happens with all of them.",
    "Yes, please go ahead.",
)
UPDATES = (
    "A short word in between: we know where it happens and are testing a correction.",
    "Our second level has reproduced it. I keep you posted.",
)
SOLUTIONS = (
    "This is corrected now. Could you try again and tell me if anything is still wrong?",
    "The correction is in place on your site since a few minutes ago. Thank you for your patience.",
    "Here is how it works: open the settings of the department, then **Reminders**. Tell me if it does not show up.",
)
SOLVED_AT_ONCE = (
    "You find it under Settings, then **Departments**; I have switched it on for you. It works as you described now.",
    "That is known, and what is to be done about it is two clicks: I have made them on your site. All is well again.",
)
REOPENINGS = ("It is back, unfortunately: the same message as before.", "One crew still sees it.")
NOTES = (
    "Seen the same at another site last week, compare the import log.",
    "Called the site contact: nobody there until after lunch.",
)
HAND_OFFS = (
    (
        "Fails for every user of this site since the morning, other sites are well.",
        "Other browser, other user, restart of the service: no change.",
        "Somebody to look at the database locks of the site.",
    ),
    (
        "Wrong result since the last update, exactly reproducible with the steps in the case.",
        "Compared settings with a site where it works: they are the same.",
        "A look at the calculation, and a correction for this site.",
    ),
)
RETURN_REASON = "The log of the import is missing, without it we cannot tell. Please attach it and ask again."
# By name: subject, text, HTML.
LETTERS = {
    "problem": (
        "Meter readings of route 7 stop at noon",
        "Hello,\n\nsince yesterday the readings of route 7 stop at 12:00. The readers say that they walked the whole route.\n\nWhat can we do?\n",
        "<p>Hello,</p><p>since yesterday the readings of <b>route 7</b> stop at 12:00. The readers say that they walked the whole route.</p>"
        "<table><tr><th>Route</th><th>Last reading</th></tr><tr><td>6</td><td>16:41</td></tr><tr><td>7</td><td>12:00</td></tr></table>"
        "<p>What can we do?</p>",
    ),
    "absence": (
        "Automatic reply: out of the office",
        "I am out of the office until Monday. In urgent matters please call the front desk.\n",
        "",
    ),
    "stranger": (
        "New at the counter: how do I get a sign-in?",
        "Good morning,\n\nI began at the counter on Monday and was told to ask you for a sign-in to the permit desk.\n",
        "",
    ),
    "unproven": (
        "One more thing",
        "One more thing: could you send me the list of all users of our site, with their addresses?\n",
        "",
    ),
}
# Somebody outside, whom whoever works on a case asks.
SUPPLIER_NAME, SUPPLIER_ADDRESS = "Tomas Vrba", "tomas.vrba@fieldgate-hosting.example"
SUPPLIER_SUBJECT = "Nightly jobs on gate-04 end early"
SUPPLIER_QUESTION = (
    "Hello Tomas,\n\nsince Tuesday the nightly jobs on **gate-04** end at 02:10. Did a limit change on your side, "
    "or was the machine moved?\n\nWe need the answer before we touch our schedule."
)
SUPPLIER_ANSWER = (
    "Hello,\n\nyes: on Tuesday we set a limit of 40 minutes for jobs of that kind. I raised it for gate-04 to three "
    "hours just now. Please watch tonight's run.\n\nTomas\n"
)
# Why a renewal came out as it did; with what was lost, whether it need not have been.
LESS_BECAUSE = (
    "One department went back to paper for a year: its budget was cut.",
    "Two crews were merged, so fewer people sign in.",
    "They dropped the module that nobody had been trained in.",
)
LOST_BECAUSE = (
    ("The pilot never got past one crew: nobody there had the time to lead it.", True),
    ("The county bought one system for all its towns.", False),
    ("We answered their question about offline maps three months too late.", True),
)


@dataclass(frozen=True, kw_only=True)
class EngagedAbout:
    """What an engagement was about: agenda, notes for both sides, one for us, and what is done next."""

    agenda: str
    notes: str
    for_us: str
    action: str


ENGAGED_ABOUT = (
    EngagedAbout(
        agenda="1. Which inspections still run on paper\n2. Routes for the spring\n3. Who needs a sign-in",
        notes="Two of five crews use the routes. The others begin after the training in the depot.",
        for_us="The depot's lead leaves in summer; nobody knows yet who follows.",
        action="Name the crews that begin next",
    ),
    EngagedAbout(
        agenda="1. Work orders of the quarter\n2. Reports for the council\n3. What is planned",
        notes="The report for the council is made in one go now. Streets and signs are asked for next.",
        for_us="The council asks what the software is worth. A figure would help before the budget.",
        action="Send an example of the yearly report",
    ),
    EngagedAbout(
        agenda="1. Permits online: first weeks\n2. Questions of the front desk",
        notes="Seven of ten permits come in online. The front desk wants shorter texts in the mails.",
        for_us="Good story for others, once they agree to be named.",
        action="Shorten the texts of the three mails",
    ),
    EngagedAbout(
        agenda="1. Data of the old system\n2. Who maintains the assets",
        notes="Signs and lamps are complete, culverts are not. Engineering takes the culverts.",
        for_us="Engineering and streets do not agree on who owns the data.",
        action="Hand over the list of culverts without a place",
    ),
)
LOGGED = (
    "Rang about the training in the depot; suits them after the thaw.",
    "Budget talks begin next month; wants figures on hours saved.",
    "New public works director, wants to see the maps.",
    "Short word at the regional meeting: content with the routes.",
    "Asked who else runs permits online in their region.",
)
ASKED_FOR = (
    (
        "engagement",
        "Could somebody show our new crew leads the routes and the mobile app? Any morning suits us.",
    ),
    ("licensing", "Four people join us in the spring. What do four more sign-ins cost?"),
    (
        "software",
        "We hear that others use the asset module for culverts. Can you show us what it would take?",
    ),
    ("expansion", "The water department would like to join us. How would we go about it?"),
    ("contracting", "Our fiscal year begins in July. Can the contract run along with it?"),
)


@dataclass(frozen=True, kw_only=True)
class PlannedGoal:
    """A goal in the customer's words, and how it is measured."""

    statement: str
    why: str
    category: str
    measure: str
    unit: str
    baseline: str
    target: str


VISIONS = (
    "A pothole is mended before a second person calls about it.",
    "Whoever is out with a truck knows what to do next without driving back to the yard.",
    "The council sees every quarter what was done, and what it cost, without anybody collecting it.",
)
MORE_VISION = "And nobody types anything twice."
GOALS = (
    PlannedGoal(
        statement="Potholes are mended within four days",
        why="It is what residents complain about most, and what the council asks us about.",
        category="service",
        measure="Days from report to mended",
        unit="days",
        baseline="12",
        target="4",
    ),
    PlannedGoal(
        statement="Every crew works from the app",
        why="Half of the work orders are still printed, and typed in again in the evening.",
        category="adoption",
        measure="Crews that sign in on a working day",
        unit="%",
        baseline="35",
        target="95",
    ),
    PlannedGoal(
        statement="Inspections are never late",
        why="The state fines us for each hydrant that was not looked at in time.",
        category="compliance",
        measure="Inspections done on time",
        unit="%",
        baseline="71",
        target="100",
    ),
    PlannedGoal(
        statement="A permit takes two weeks less",
        why="Builders wait for us, and say so.",
        category="service",
        measure="Days until a permit is issued",
        unit="days",
        baseline="34",
        target="20",
    ),
)
INTERNAL_GOAL = "Show them Fleet before their budget is made"
ROAD_MAP_ACTIONS = (
    ("Import the map of districts", "vendor", 18),
    ("Name a lead for each crew", "customer", 45),
    ("Train the leads on site", "vendor", 60),
    ("Switch the printed work orders off", "customer", 120),
    ("Compare the figures with last year's", "vendor", 92),
)
MILESTONE = "The first month without paper"
ROAD_MAP_TEMPLATE = "From paper to the app"
LATER_BECAUSE = "The leads are out for the flood season; they can be trained a month later."
BLOCKED_BECAUSE = "Two of the leads have no phone of the city yet."
HOW_TRAINING_GOES = (("doing", ""), ("blocked", BLOCKED_BECAUSE), ("done", ""))
ASKED = "Can we keep the printed ones for the night shift until spring?"
ANSWERED = "Yes. We leave them on for that crew alone; I have noted it for the review."
WORTH_METHOD = "Two clerks type 3 hours a day less: 6 hours x 62 working days x 129 USD."
WORTH_EVIDENCE = "Time sheets of the yard, January to March"
# Days before today that a version came out, and days after it that its support ends, and its life.
PRODUCT_VERSIONS = {"10": (1900, -200, 160), "11": (1100, 120, 485), "12": (300, 850, 1400)}
# Title, fact, what is expected of it, how much it matters, what is advised.
CONFIGURATION_RULES = (
    (
        "Nightly backup",
        "configuration.backup",
        "one_of",
        ("daily", "hourly"),
        "high",
        "Switch the nightly backup on, and try once a quarter to restore from it.",
    ),
    (
        "Sign-in with a second factor",
        "configuration.second_factor",
        "equals",
        ("yes",),
        "high",
        "Ask for a second factor of everybody who signs in from outside.",
    ),
    (
        "Crews share a device with two people at most",
        "configuration.people_per_device",
        "at_most",
        ("2",),
        "low",
        "Give each crew a device of its own: what is done stands under the right name then.",
    ),
)
REVIEW_SUMMARY = """You have done what you set out to do in spring: half of the crews work from the app, and potholes are mended days earlier than a year ago.

Two things matter until winter. One of your versions comes to its end, so choose a date for the move now, before the snow season. And the crews that still print their work orders need a lead of their own.

Our support kept most of what we promised; where it did not, we say below what we change."""
REVIEW_NOTES = (
    "Their new director asks for figures by district. Show him the board before the budget is made."
)
REVIEW_SECTIONS = {
    "versions": "We suggest the second week of October for the move: the crews are in, and the snow is not.",
    "support": "Cases that need an engineer wait too long for their first follow-up. We have put a second one on call.",
}
REVIEW_FINDINGS = (
    (
        "errors",
        "medium",
        "Assets imported from the old system have no district: 212 of 4,800.",
        "We run the import of districts again for these; your clerk checks twenty of them.",
    ),
    (
        "adoption",
        "medium",
        "Two crews close their work orders at the end of the week instead of when the work is done.",
        "An hour with their leads: what is closed on the spot needs no list on Friday.",
    ),
)
REVIEW_ACTION = "An hour with the leads of both crews"
REVIEW_REASONS = {
    "accepted_risk": "The old records are never looked at; they are left as they are.",
    "rejected": "It is so on purpose: the night shift works without network.",
}
