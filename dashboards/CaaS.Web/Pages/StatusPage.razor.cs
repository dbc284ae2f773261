using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Pages;

/// <summary>How the platform itself is.</summary>
public sealed partial class StatusPage
{
    private PlatformStatus? _status;
    private IReadOnlyList<DoctorCheck> _doctor = [];
    private Accuracy _accuracy = new(new Share(0, 0, 0, 1), new Share(0, 0, 0, 1), 0, 0, 0, null, new Share(0, 0, 0, 1));
    private ModelReport _models = new("", []);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        _status = await client.StatusAsync(Cancel);
        _doctor = (await client.DoctorAsync(Cancel)).Checks;
        _accuracy = await client.AccuracyAsync(Cancel);
        _models = await client.ModelsAsync(Cancel);
    }

    private Task PromoteAsync(int version) => SendAsync(client => client.PromoteModelAsync(version, Cancel));

    private Task RollbackAsync() => SendAsync(client => client.RollbackModelAsync(Cancel));

    /// <summary>What series of a shape do, by its name in the API; a name that is not known stays as it is.</summary>
    private static string Shape(string name) => name switch
    {
        "unknown" => "are too young to tell",
        "constant" => "hardly ever change",
        "sparseCount" => "count what is rare",
        "ratio" => "are shares",
        "continuous" => "vary around a level",
        "seasonal" => "repeat every day",
        _ => name,
    };

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
