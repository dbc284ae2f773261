using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Benchmarks.Detection.Rivals;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>Proves VUS-PR on the sample series of TSB-AD, and sets the ensemble beside what is published of it.
/// </summary>
internal sealed class VusBoard : IScoreboard
{
    private const string Table = "results/uni_mergedTable_VUS-PR.csv";
    private const string Samples = "Datasets/TSB-AD-U/";
    private const string Computed = "SR";
    private const double Tolerance = 1e-6;
    private const int StepMs = 300_000;

    /// <inheritdoc/>
    public string Name => "vus";

    /// <inheritdoc/>
    public string Description => "TSB-AD: VUS-PR of its sample series against the published tables";

    /// <inheritdoc/>
    public string Data => "folder of the TSB-AD tables";

    /// <inheritdoc/>
    public Score Run(DataFolder data, TextWriter output)
    {
        var table = Csv.Rows(data.Files[Table]).ToArray();
        var end = Array.IndexOf(table[0], "ts_len");
        var isProven = true;
        var figures = new JsonObject();
        var count = 0;
        foreach (var (path, file) in data.Files)
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (!path.StartsWith(Samples, StringComparison.Ordinal)
                || Array.Find(table, r => r[0] == name) is not { } row)
            {
                continue;
            }

            var rows = Csv.Rows(file).Skip(1).ToArray();
            double[] values = [.. rows.Select(r => Csv.Number(r[0]))];
            var windows = LabelledSeries.Runs([.. rows.Select(r => Csv.Number(r[1]) > 0)]);
            var period = VusPr.Period(values);
            var published = Enumerable.Range(1, end - 1)
                .Select(k => (Method: table[0][k], Area: Csv.Number(row[k])))
                .OrderByDescending(p => p.Area)
                .ToArray();
            var theirs = Array.Find(published, p => p.Method == Computed).Area;
            var again = VusPr.Of(windows, WholeSpectralResidual.Scores(values), period);
            isProven &= Math.Abs(again - theirs) < Tolerance;
            Line(output, $"{name}, {values.Length} rows, period {period}");
            Line(output, $"  {Computed,-20} computed {again:F7}, published {theirs:F7}");
            var series = new LabelledSeries(path, [.. values.Select((_, i) => (long)i * StepMs)], values, windows);
            var judged = JudgedSeries.Of(new SeriesEnsemble(new EnsembleOptions()), series);
            var ours = VusPr.Of(windows, judged.Strangeness, period);
            var place = published.Count(p => p.Area > ours) + 1;
            Line(output, $"  {"ensemble (causal)",-20} {ours:F4}, place {place} of {published.Length + 1}");
            foreach (var (method, area) in published)
            {
                Line(output, $"  {method,-20} {area:F4}");
            }

            figures[name] = new JsonObject
            {
                ["vus_pr"] = Math.Round(ours, 4),
                ["sr_computed"] = again,
                ["sr_published"] = theirs,
            };
            count++;
        }

        return new Score("EnsembleOptions defaults, fitted to nab and kpi; causal", isProven && count > 0, count, figures);
    }

    private static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
