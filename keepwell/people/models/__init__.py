from keepwell.people.models.role_grant import Role, RoleGrant
from keepwell.people.models.user import User

__all__ = ["Role", "RoleGrant", "User"]
