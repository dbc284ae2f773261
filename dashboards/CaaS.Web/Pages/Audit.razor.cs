using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Pages;

/// <summary>Who asked for what, and what became of it.</summary>
public sealed partial class Audit
{
    private const int MaxShown = 500;

    private IReadOnlyList<AuditEntry> _entries = [];

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client) =>
        _entries = await client.AuditAsync(null, MaxShown, Cancel);
}
