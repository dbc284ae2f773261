using CaaS.Api.Access;
using CaaS.Client.Wire;

namespace CaaS.Api.Store;

/// <summary>A token or a session.</summary>
internal sealed class GrantRow
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public int Role { get; set; }

    public string Hash { get; set; } = "";

    public string ParentId { get; set; } = "";

    public long CreatedAtMs { get; set; }

    public string CreatedBy { get; set; } = "";

    public long? ExpiresAtMs { get; set; }

    public long? RevokedAtMs { get; set; }

    public static GrantRow From(Grant grant) => new()
    {
        Id = grant.Id,
        Name = grant.Name,
        Role = (int)grant.Role,
        Hash = grant.Hash,
        ParentId = grant.ParentId,
        CreatedAtMs = grant.CreatedAt.ToUnixTimeMilliseconds(),
        CreatedBy = grant.CreatedBy,
        ExpiresAtMs = grant.ExpiresAt?.ToUnixTimeMilliseconds(),
        RevokedAtMs = grant.RevokedAt?.ToUnixTimeMilliseconds(),
    };

    public Grant ToGrant() => new(
        Id, Name, (Role)Role, Hash, ParentId, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAtMs), CreatedBy,
        ExpiresAtMs is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null,
        RevokedAtMs is { } revoked ? DateTimeOffset.FromUnixTimeMilliseconds(revoked) : null);
}
