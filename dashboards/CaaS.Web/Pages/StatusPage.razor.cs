using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Pages;

/// <summary>How the platform itself is.</summary>
public sealed partial class StatusPage
{
    private PlatformStatus? _status;
    private IReadOnlyList<DoctorCheck> _doctor = [];

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        _status = await client.StatusAsync(Cancel);
        _doctor = (await client.DoctorAsync(Cancel)).Checks;
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
