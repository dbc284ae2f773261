using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Charts;

/// <summary>Draws one chart: the series, its expected band, the onset and the changes.</summary>
public sealed partial class EvidenceChart
{
    /// <summary>The chart.</summary>
    [Parameter, EditorRequired]
    public required ChartModel Chart { get; set; }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
