using System.Globalization;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>The three files that cost most: why, in words and drawn.</summary>
internal static class WorstFiles
{
    private const int Count = 3;

    /// <summary>Prints them, and writes a drawing of each.</summary>
    /// <param name="judged">All series.</param>
    /// <param name="losses">What each cost.</param>
    /// <param name="options">Constants they were judged by.</param>
    /// <param name="plots">Folder for the drawings, made when missing; null for none.</param>
    /// <param name="output">Where to.</param>
    public static void Write(
        JudgedSeries[] judged, double[] losses, EnsembleOptions options, DirectoryInfo? plots, TextWriter output)
    {
        output.WriteLine("\nThe three worst files:");
        foreach (var (one, loss) in judged.Zip(losses).OrderByDescending(p => p.Second).Take(Count))
        {
            var why = EventReport.Why(one, options);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one.Series.Name} ({loss:F2}): {why}"));
            if (plots is not null)
            {
                plots.Create();
                var path = Path.Combine(plots.FullName, one.Series.Name.Replace('/', '-') + ".svg");
                File.WriteAllText(path, new SeriesPlot(one, options).ToSvg(why));
                output.WriteLine($"    drawn in {path}");
            }
        }
    }
}
