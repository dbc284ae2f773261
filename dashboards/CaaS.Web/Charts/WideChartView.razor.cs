using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Charts;

/// <summary>Draws one wide chart.</summary>
public sealed partial class WideChartView
{
    /// <summary>The chart.</summary>
    [Parameter, EditorRequired]
    public required WideChart Chart { get; set; }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
