namespace CaaS.Client.Wire;

/// <summary>A key programs and people sign in with; the secret itself is kept nowhere.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Name written to the audit.</param>
/// <param name="Role">What it may do.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="RevokedAt">When it was revoked, UTC, or null.</param>
public sealed record AccessToken(
    string Id, string Name, Role Role, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? RevokedAt);
