using CaaS.Client.Wire;

namespace CaaS.Api.Access;

/// <summary>Who somebody is, as found by the secret they sent.</summary>
/// <param name="Id">Id of the token or session.</param>
/// <param name="Name">Name for the audit.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Hash">SHA-256 of the secret.</param>
/// <param name="ParentId">For a session the token it was opened with, or empty.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="ExpiresAt">When it ends by itself, UTC, or null.</param>
/// <param name="RevokedAt">When it was revoked, UTC, or null.</param>
internal sealed record Grant(
    string Id,
    string Name,
    Role Role,
    string Hash,
    string ParentId,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    public bool IsSession => ExpiresAt is not null;

    public bool IsGood(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);

    public AccessToken ToWire() => new(Id, Name, Role, CreatedAt, CreatedBy, RevokedAt);
}
