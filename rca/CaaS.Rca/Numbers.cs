using System.Globalization;
using CaaS.Analytics;

namespace CaaS.Rca;

/// <summary>Writes numbers with their units, the same everywhere.</summary>
internal static class Numbers
{
    /// <summary>What was observed and what was expected.</summary>
    public static string Band(Anomaly anomaly) =>
        double.IsFinite(anomaly.ExpectedHigh)
            ? $"{Of(anomaly.Observed, anomaly.Unit)} instead of at most {Of(anomaly.ExpectedHigh, anomaly.Unit)}"
            : Of(anomaly.Observed, anomaly.Unit);

    /// <summary>One value in the unit people read it in.</summary>
    public static string Of(double value, string unit) => (unit, Math.Abs(value)) switch
    {
        ("s", < 1) => $"{Text(value * 1000, "0.#")} ms",
        ("s", _) => $"{Text(value, "0.##")} s",
        ("ratio", _) => $"{Text(value * 100, "0.#")} %",
        ("bytes", >= 1024 * 1024 * 1024) => $"{Text(value / (1024 * 1024 * 1024), "0.##")} GiB",
        ("bytes", _) => $"{Text(value / (1024 * 1024), "0.#")} MiB",
        ("", _) => Text(value, "0.###"),
        _ => $"{Text(value, "0.##")} {unit}",
    };

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
