using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Layout;

/// <summary>The platform's own state, in the corner of every page.</summary>
public sealed partial class PlatformBadge
{
    private PlatformStatus? _status;
    private Me? _me;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        _status = await client.StatusAsync(Cancel);
        _me = await User.MeAsync(Cancel);
    }
}
