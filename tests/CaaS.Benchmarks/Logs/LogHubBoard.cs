using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics.LogTemplates;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Logs;

/// <summary>Log parsing on Loghub-2k and the whole files of Loghub-2.0.</summary>
/// <remarks>
/// The miner gets the messages without their headers, as every published parser does, with one configuration and no
/// expression of any system. Headline figures are of the pattern each line has after the whole file, as published
/// ones are; <c>ga_online</c> is of the pattern told with the line, with what was put together later undone.
/// GA and FGA of the samples use the original labels (what Brain's and Drain's averages were measured on), PA and FTA
/// the corrected labels of loghub-2.0 where the folder has them.
/// </remarks>
internal sealed class LogHubBoard : IScoreboard
{
    private const double Tolerance = 0.02;
    private const int SpeedSpans = 3;

    private static readonly TimeSpan SpeedSpan = TimeSpan.FromMilliseconds(300);

    private static readonly string[] Measures = ["GA", "FGA", "PA", "FTA"];

    private static readonly string[] MeanKeys = ["ga", "fga", "pa", "fta", "ga_corrected", "fga_corrected", "ga_online"];

    public string Name => "loghub";

    public string Description => "grouping and template accuracy of the log miner, one configuration";

    public string Data => "folder with Loghub-2k systems, 2k_corrected/, published/ and whole files";

    public Score Run(DataFolder data, TextWriter output)
    {
        LogSystem[] samples = LogSystem.Samples(data);
        LogSystem[] whole = LogSystem.Whole(data);
        string? table = data.Files.Keys.FirstOrDefault(
            path => path.EndsWith("effectiveness_results.csv", StringComparison.Ordinal));
        PublishedScores? published = table is null ? null : new PublishedScores(data.Files[table]);
        bool isProven = published is not null && Prove(samples, whole, published, output);

        output.WriteLine();
        output.WriteLine("Ours: GA and FGA on original labels, PA and FTA on corrected ones; one configuration, causal but for late merging");
        output.WriteLine(
            $"{"system",-16}{"lines",7}{"GA",8}{"FGA",8}{"PA",8}{"FTA",8}{"GA cor",8}{"FGA cor",9}{"GA onl",8}"
            + $"{"M lines/s",11}{"Drain GA",10}{"FGA",7}{"PA",7}");
        var systems = new JsonObject();
        var scores = new List<MinerResult>();
        foreach (LogSystem system in samples)
        {
            MinerResult result = Mine(system);
            scores.Add(result);
            systems[system.Name] = result.ToJson();
            Print(output, system, result, published, isWhole: false);
        }
        var full = new JsonObject();
        var fullSpeeds = new List<double>();
        foreach (LogSystem system in whole)
        {
            MinerResult result = Mine(system);
            fullSpeeds.Add(result.LinesPerSecond);
            full[system.Name] = result.ToJson();
            Print(output, system, result, published, isWhole: true);
        }
        var figures = new JsonObject
        {
            ["ga"] = Mean(scores, result => result.Score.Ga),
            ["fga"] = Mean(scores, result => result.Score.Fga),
            ["pa"] = Mean(scores, result => result.Score.Pa),
            ["fta"] = Mean(scores, result => result.Score.Fta),
            ["ga_corrected"] = Mean(scores, result => result.Corrected.Ga),
            ["fga_corrected"] = Mean(scores, result => result.Corrected.Fga),
            ["ga_online"] = Mean(scores, result => result.OnlineGa),
            ["lines_per_second"] = Math.Round(
                fullSpeeds.Count > 0 ? fullSpeeds.Average() : Mean(scores, result => result.LinesPerSecond)),
            ["systems"] = systems,
            ["full"] = full,
        };
        double[] means = [.. MeanKeys.Select(key => (double)figures[key]!)];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"mean of samples",-23}{means[0],8:0.0000}{means[1],8:0.0000}{means[2],8:0.000}{means[3],8:0.000}"
            + $"{means[4],8:0.000}{means[5],9:0.000}{means[6],8:0.000}"));
        PrintPeers(output);
        return new Score(
            "product miner, defaults of LogMinerOptions, no expression per system; thresholds chosen on these 8 systems and Linux",
            isProven, samples.Length + whole.Length, figures);
    }

    private static double Mean(List<MinerResult> scores, Func<MinerResult, double> of) =>
        scores.Count == 0 ? 0 : Math.Round(scores.Average(of), 4);

    private static MinerResult Mine(LogSystem system)
    {
        var miner = new LogMiner(new LogMinerOptions());
        var told = new LogPattern?[system.Lines.Length];
        for (int line = 0; line < told.Length; line++)
        {
            told[line] = miner.Add(system.Lines[line]);
        }
        miner.Settle();
        var texts = new Dictionary<LogPattern, string>();
        string[] groups = [.. told.Select((pattern, line) => pattern?.Heir.Id ?? "none" + line)];
        string[] templates = [.. told.Select((pattern, line) => pattern is null ? system.Lines[line] : TextOf(pattern.Heir, texts))];
        string[] online = [.. told.Select((pattern, line) => pattern?.Id ?? "none" + line)];
        string[] truth = CorrectedTruth(system);
        return new MinerResult(
            ParsingScore.Of(groups, templates, system.Groups, truth),
            ParsingScore.Of(groups, templates, truth, truth),
            ParsingScore.Of(online, templates, system.Groups, truth).Ga,
            Speed(system));
    }

    private static string TextOf(LogPattern pattern, Dictionary<LogPattern, string> texts)
    {
        if (!texts.TryGetValue(pattern, out string? text))
        {
            texts[pattern] = text = TemplateCorrection.Correct(pattern.Text);
        }
        return text;
    }

    private static string[] CorrectedTruth(LogSystem system)
    {
        var corrected = new Dictionary<string, string>(StringComparer.Ordinal);
        return [.. (system.Corrected ?? system.Templates).Select(text =>
        {
            if (!corrected.TryGetValue(text, out string? done))
            {
                corrected[text] = done = TemplateCorrection.Correct(text);
            }
            return done;
        })];
    }

    /// <summary>Lines a second of processor time of new miners, each over the file once, learning included.</summary>
    /// <remarks>Processor time and not time: other work of the machine does not count. Best of several spans.</remarks>
    private static double Speed(LogSystem system)
    {
        double best = 0;
        using var process = Process.GetCurrentProcess();
        for (int span = 0; span < SpeedSpans; span++)
        {
            process.Refresh();
            TimeSpan start = process.TotalProcessorTime;
            TimeSpan taken;
            long lines = 0;
            do
            {
                var miner = new LogMiner(new LogMinerOptions());
                foreach (string line in system.Lines)
                {
                    miner.Add(line);
                }
                miner.Settle();
                lines += system.Lines.Length;
                process.Refresh();
                taken = process.TotalProcessorTime - start;
            }
            while (taken < SpeedSpan);
            best = Math.Max(best, lines / taken.TotalSeconds);
        }
        return best;
    }

    private static bool Prove(LogSystem[] samples, LogSystem[] whole, PublishedScores published, TextWriter output)
    {
        output.WriteLine("Self-check: Drain written anew, with its published settings, scored here / as published by loghub-2.0");
        int near = 0;
        int all = 0;
        foreach ((LogSystem system, bool isWhole) in samples.Select(s => (s, false)).Concat(whole.Select(s => (s, true))))
        {
            if (DrainSettings.Of(system.Name) is not { } settings || published.Of(system.Name, "GA", "Drain", isWhole) is null)
            {
                continue;
            }
            string[] truth = system.Corrected ?? system.Templates;
            string[] parsed = new DrainParser(settings).Parse(system.Lines);
            var score = ParsingScore.Of(parsed, parsed, truth, truth);
            double[] ours = [score.Ga, score.Fga, score.Pa, score.Fta];
            output.Write($"  {system.Name + (isWhole ? " whole" : ""),-16}");
            for (int index = 0; index < Measures.Length; index++)
            {
                double theirs = published.Of(system.Name, Measures[index], "Drain", isWhole) ?? double.NaN;
                bool isNear = Math.Abs(ours[index] - theirs) <= Tolerance;
                near += isNear ? 1 : 0;
                all++;
                output.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {Measures[index]} {ours[index]:0.000}/{theirs:0.000}{(isNear ? " " : "!")}"));
            }
            output.WriteLine();
        }
        bool isProven = all > 0 && near >= 0.85 * all;
        output.WriteLine($"  {near} of {all} figures within {Tolerance.ToString(CultureInfo.InvariantCulture)}: {(isProven ? "proven" : "NOT proven")}");
        return isProven;
    }

    private static void Print(TextWriter output, LogSystem system, MinerResult result, PublishedScores? published, bool isWhole)
    {
        string Drain(string measure) =>
            published?.Of(system.Name, measure, "Drain", isWhole)?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
        ParsingScore ours = result.Score;
        string name = system.Name + (isWhole ? " whole" : "");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-16}{system.Lines.Length,7}{ours.Ga,8:0.0000}{ours.Fga,8:0.0000}{ours.Pa,8:0.000}{ours.Fta,8:0.000}"
            + $"{result.Corrected.Ga,8:0.000}{result.Corrected.Fga,9:0.000}{result.OnlineGa,8:0.000}"
            + $"{result.LinesPerSecond / 1e6,11:0.00}{Drain("GA"),10}{Drain("FGA"),7}{Drain("PA"),7}"));
    }

    private static void PrintPeers(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Published, 16 systems of Loghub-2k, expressions tuned per system, mean GA: Brain .983, DivLog (LLM) .928,");
        output.WriteLine("  Drain .865, Spell .793, AEL .791, LenMa .766, IPLoM .756, LogMine .736, ULP .733, SHISO .678, LogCluster .653,");
        output.WriteLine("  LFA .643, SLCT .629, MoLFI .602, Logram .555, LogSig .517; corrected labels: LogBatcher (LLM) .974, LILAC (LLM) .902, Brain .883");
        output.WriteLine("Published mean FGA of 14 systems: LogPPT (GPU) .86, IPLoM .77, Drain .74, UniParser (GPU) .74, AEL .68");
        output.WriteLine("Published, Linux whole, GA/FGA/PA: LILAC (LLM) .971/.931/.765, AEL .916/.806/.082, Drain .686/.778/.111");
        output.WriteLine("Published speed, lines a second: Brain 21,700, Drain (Python) 8,500, LILAC 6,300");
    }

    private sealed record MinerResult(ParsingScore Score, ParsingScore Corrected, double OnlineGa, double LinesPerSecond)
    {
        public JsonObject ToJson() => new()
        {
            ["ga"] = Math.Round(Score.Ga, 4),
            ["fga"] = Math.Round(Score.Fga, 4),
            ["pa"] = Math.Round(Score.Pa, 4),
            ["fta"] = Math.Round(Score.Fta, 4),
            ["ga_corrected"] = Math.Round(Corrected.Ga, 4),
            ["fga_corrected"] = Math.Round(Corrected.Fga, 4),
            ["ga_online"] = Math.Round(OnlineGa, 4),
            ["lines_per_second"] = Math.Round(LinesPerSecond),
        };
    }
}
