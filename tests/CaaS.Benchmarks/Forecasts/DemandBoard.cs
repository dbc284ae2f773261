using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics.Forecasts;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Forecasts;

/// <summary>
/// Capacity for the next hour on recorded demand of Kubernetes workloads: how often too little, how much too much.
/// </summary>
internal sealed class DemandBoard : IScoreboard
{
    private const double Quantile = 0.98;

    private const string Configuration =
        "capacity decided every hour for the next hour, quantile 0.98, slots of 5 minutes; scored from day 4; half-life and "
        + "sharpness chosen on these traces, the same for all; causal";

    private static readonly double[] Knob = [0.5, 0.7, 0.8, 0.9, 0.95, 0.97, Quantile, 0.99, 0.995, 0.998];

    private static readonly DemandPlan Hour = new("an hour at a time, decided as it begins", 60, 0);

    private static readonly DemandPlan Slot = new("five minutes at a time, decided 55 minutes before they begin", 5, 55);

    /// <inheritdoc/>
    public string Name => "k8s-demand";

    /// <inheritdoc/>
    public string Description => "capacity one hour ahead on Kubernetes demand traces: violations and over-provisioning";

    /// <inheritdoc/>
    public string Data => "folder of Crane's traces";

    /// <inheritdoc/>
    public Score Run(DataFolder data, TextWriter output)
    {
        DemandTrace[] traces = [.. data.Files
            .Where(f => f.Key.EndsWith(".csv", StringComparison.Ordinal)).Select(f => DemandTrace.Read(f.Key, f.Value))
            .Where(t => t.Minutes.Length > DemandPlan.WarmUp + DemandTrace.Day)];
        output.WriteLine($"Configuration: {Configuration}.");
        output.WriteLine("Violations: share of minutes above capacity. Over: unused capacity as a share of demand. Means of traces.");
        output.WriteLine("Same rate: ours read at the peer's violation rate by turning our quantile, one setting for all traces;");
        output.WriteLine("by trace: the same, each trace at its own rate (median; NaN rates left out).");
        bool selfCheck = SelfCheck(output);
        JsonObject figures = One(Hour, traces, output);
        figures["five_minutes"] = One(Slot, traces, output);
        return new Score(Configuration, selfCheck, traces.Length, figures);
    }

    private static JsonObject One(DemandPlan plan, DemandTrace[] traces, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Capacity for {plan.Name}; {traces.Length} traces");
        var own = new (double Violations, double Over)[Knob.Length][];
        for (int k = 0; k < Knob.Length; k++)
        {
            own[k] = [.. traces.Select(t => plan.Score(t, Own(t, plan, Knob[k]), 1))];
            output.WriteLine(Line($"  CaaS quantile {Knob[k],5:f3}      violations {Mean(own[k]).Violations:f4} over {Mean(own[k]).Over:f3}"));
        }
        var curve = new DemandCurve(own.Select(Mean));
        DemandCurve[] byTrace = [.. traces.Select((_, i) => new DemandCurve(own.Select(o => o[i])))];
        (double violations, double over) = Mean(own[Array.IndexOf(Knob, Quantile)]);
        var figures = new JsonObject { ["violation_rate"] = Math.Round(violations, 5), ["over_provisioning"] = Math.Round(over, 4) };
        double covered = 0;
        double[] Dsp(DemandTrace trace)
        {
            double[] capacity = DemandPeers.Dsp(trace, plan, out double share);
            covered += share;
            return capacity;
        }
        var peers = new (string Name, string Key, Func<DemandTrace, double[]> Capacity)[]
        {
            ("DSP (Crane)", "dsp", Dsp),
            ("p99 histogram (VPA)", "p99", t => DemandPeers.Percentile(t, plan, 0.99)),
            ("seasonal naive", "seasonal_naive", t => DemandPeers.SeasonalNaive(t, plan)),
            ("peak of last hour", "last_hour", t => DemandPeers.LastHour(t, plan)),
        };
        foreach ((string name, string key, Func<DemandTrace, double[]> capacity) in peers)
        {
            (double Violations, double Over)[] peer = [.. traces.Select(t => plan.Score(t, capacity(t), 1))];
            (double v, double o) = Mean(peer);
            double same = curve.At(v);
            double[] saved = [.. peer.Select((p, i) => 1 - byTrace[i].At(p.Violations) / p.Over).Where(double.IsFinite).Order()];
            double median = saved.Length == 0 ? double.NaN : saved[saved.Length / 2];
            output.WriteLine(Line(
                $"  {name,-23} violations {v:f4} over {o:f3}; CaaS at the same rate {same:f3}")
                + Line($": saves {1 - same / o:p0}; by trace {median:p0}"));
            figures[key] = new JsonObject
            {
                ["violation_rate"] = Math.Round(v, 5),
                ["over_provisioning"] = Math.Round(o, 4),
                ["ours_at_same_rate"] = double.IsFinite(same) ? Math.Round(same, 4) : null,
                ["saving"] = double.IsFinite(same) ? Math.Round(1 - same / o, 4) : null,
                ["saving_by_trace_median"] = double.IsFinite(median) ? Math.Round(median, 4) : null,
            };
        }
        output.WriteLine(Line($"  DSP found a period for {covered / traces.Length:p0} of the slots; elsewhere the last hour's peak stood in."));
        return figures;
    }

    /// <summary>
    /// Nothing is published for these traces: the scorer is checked on a trace whose answer is known by hand.
    /// </summary>
    private static bool SelfCheck(TextWriter output)
    {
        var trace = new DemandTrace("check", [.. Enumerable.Range(0, 5 * DemandTrace.Day).Select(t => t % 10 == 0 ? 4.0 : 1.0)]);
        int slots = Hour.Starts(trace).Count();
        (double high, double none) = Hour.Score(trace, [.. Enumerable.Repeat(4.0, slots)], 1);
        (double low, double over) = Hour.Score(trace, [.. Enumerable.Repeat(2.0, slots)], 1);
        bool right = slots == 48 && high == 0 && Math.Abs(none - 27 / 13.0) < 1e-9
            && Math.Abs(low - 0.1) < 1e-9 && Math.Abs(over - 9 / 13.0) < 1e-9;
        bool naive = DemandPeers.SeasonalNaive(trace, Hour).All(c => c == 4) && DemandPeers.LastHour(trace, Slot).All(c => c == 4);
        bool dsp = DemandPeers.Dsp(trace, Hour, out _).All(c => c == 4);
        bool p99 = DemandPeers.Percentile(trace, Hour, 0.99).All(c => Math.Abs(c / 4 - 1) < 0.06);
        output.WriteLine($"  self-check on a hand-made trace: {(right && naive && dsp && p99 ? "scorer and peers right" : "WRONG")}");
        return right && naive && dsp && p99;
    }

    private static double[] Own(DemandTrace trace, DemandPlan plan, double quantile)
    {
        var forecaster = new DemandForecaster(new DemandOptions
        {
            LeadSlots = plan.Lead / 5,
            WindowSlots = plan.Slot / 5,
            Quantile = quantile,
        });
        int seen = 0;
        return [.. plan.Starts(trace).Select(start =>
        {
            for (; seen < start - plan.Lead; seen++)
            {
                forecaster.Step(trace.Minutes[seen]);
            }
            return forecaster.Current.Upper;
        })];
    }

    private static (double Violations, double Over) Mean((double Violations, double Over)[] scores) =>
        (scores.Average(s => s.Violations), scores.Average(s => s.Over));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
