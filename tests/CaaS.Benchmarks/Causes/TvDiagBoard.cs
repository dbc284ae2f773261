using System.Text.Json.Nodes;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.Causes;

/// <summary>TVDiag's three systems: incidents that are already reduced to alerts and a graph of instances.</summary>
internal sealed class TvDiagBoard : IScoreboard
{
    /// <summary>"Most alerts" on the test splits, HR@1.</summary>
    private static readonly Dictionary<string, double> Floors = new(StringComparer.Ordinal)
    {
        ["gaia"] = 0.138,
        ["hotel"] = 0.423,
        ["sockshop"] = 0.361,
    };

    public string Name => "tvdiag";

    public string Description =>
        "finds the instance at fault from alerts, with no training on the system that is scored";

    public string Data => "folder with data.tar.gz of TVDiag's data/<system>/{label.csv,raw}";

    public Score Run(DataFolder data, TextWriter output)
    {
        var cost = new Cost();
        var figures = new JsonObject();
        var (first, third, fifth) = (new JsonObject(), new JsonObject(), new JsonObject());
        var (count, proven) = (0, true);
        output.WriteLine("TVDiag; instance at fault from alerts. Weights of each system are fitted on the train splits of "
            + "the others alone.");
        output.WriteLine("Published on the test splits, HR@1/3/5: TVDiag trained on the same system gaia .759/.910/.946, "
            + "hotel .821/.923/.974, sockshop .863/.954/.963; most alerts .138/.321/.488, .423/.795/.885, .361/.581/.772.");
        var systems = TvDiagSystem.Read(data);
        var choices = systems.ToDictionary(system => system.Name, TvDiagFit.Choices, StringComparer.Ordinal);
        foreach (var system in systems)
        {
            var weights = TvDiagFit.Weights(
                choices.Where(other => other.Key != system.Name).SelectMany(other => other.Value));
            Hits ours = new($"CaaS, {system.Name} {(system.HasTest ? "test" : "train")}");
            Hits earlier = new($"CaaS, {system.Name}, earlier incidents only");
            Hits shipped = new($"CaaS, {system.Name}, fitted on all three");
            Hits most = new($"most alerts, {system.Name}, own re-run");
            Hits walk = new($"random walk on alerts, {system.Name}, own re-run");
            foreach (var (truth, _, @case) in Scored(system, ahead: true))
            {
                ours.Add(cost.Of(() => Ranking(@case, weights)), truth);
                shipped.Add(Shipped(@case), truth);
                most.Add(MostAlerts(@case), truth);
                walk.Add(Walk(@case), truth);
            }

            foreach (var (truth, _, @case) in system.IsInTime ? Scored(system, ahead: false) : [])
            {
                earlier.Add(Ranking(@case, weights), truth);
            }

            foreach (var hits in ((Hits[])[ours, earlier, shipped, most, walk]).Where(hits => hits.Count > 0))
            {
                output.WriteLine(hits.Line(1, 3, 5));
            }

            count += ours.Count;
            proven &= !Floors.TryGetValue(system.Name, out var floor)
                || Math.Abs(most.At(1) - floor) < (system.HasTest ? 0.03 : 0.12);
            first[system.Name] = ours.At(1);
            third[system.Name] = ours.At(3);
            fifth[system.Name] = ours.At(5);
        }

        output.WriteLine("How usual an alert is comes from the alerts of all other incidents, and of the 40 before and after "
            + "where there are times; causes are not looked at. Without times, incidents come in the order of their causes: "
            + "there is no earlier.");
        output.WriteLine("Which features there are, and the ridge, were chosen with the train labels of all three in sight; "
            + "the weights were not.");
        figures["hr1"] = first;
        figures["hr3"] = third;
        figures["hr5"] = fifth;
        figures["split"] = "leave one system out: weights are fitted on the train splits of the two others alone";
        figures["p95_ms"] = cost.P95Ms;
        figures["peak_mb"] = cost.PeakMb;
        return new Score(
            "one set of features and one ridge, chosen on the train splits; weights fitted on the other systems' train splits",
            proven, count, figures);
    }

    private static IEnumerable<TvDiagIncident> Scored(TvDiagSystem system, bool ahead) =>
        system.Known(ahead).Where(incident => incident.IsTest == system.HasTest);

    private static string[] Ranking(CauseCase @case, double[] weights)
    {
        var scores = CauseWeights.Score(AlertFeatures.Of(@case), weights);
        return [.. @case.Entities.Zip(scores).OrderByDescending(one => one.Second).Select(one => one.First)];
    }

    private static IEnumerable<string> Shipped(CauseCase @case) =>
        CauseFinder.Find(@case, new CauseOptions()).Suspects.Select(suspect => @case.Entities[suspect.Entity]);

    private static string[] MostAlerts(CauseCase @case) =>
        [.. @case.Alerts.GroupBy(alert => alert.Entity).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Select(group => @case.Entities[group.Key])];

    /// <summary>MicroRCA's walk with alerts for anomalies: from callers to the callees their alerts name, restarting
    /// at what alerts most.</summary>
    private static string[] Walk(CauseCase @case)
    {
        const double restart = 0.15;
        var mass = new double[@case.Entities.Length];
        var all = Math.Max(1, @case.Alerts.Length);
        double[] home = [.. Enumerable.Range(0, mass.Length).Select(entity => (double)@case.Alerts.Count(alert => alert.Entity == entity) / all)];
        home.CopyTo(mass, 0);
        (int From, int To)[] ways = [.. @case.Alerts.Where(alert => alert.Sort is AlertSort.CallingSlow or AlertSort.CallingFailing)
            .SelectMany(alert => @case.Alerts.Where(other => other.Sort is AlertSort.CalledSlow or AlertSort.CalledFailing && other.Name == alert.Name)
                .Select(other => (alert.Entity, other.Entity))).Distinct()];
        for (var step = 0; step < 30; step++)
        {
            double[] next = [.. home.Select(share => restart * share)];
            for (var entity = 0; entity < mass.Length; entity++)
            {
                int[] to = [.. ways.Where(way => way.From == entity).Select(way => way.To)];
                foreach (var place in to.Length == 0 ? [entity] : to)
                {
                    next[place] += (1 - restart) * mass[entity] / Math.Max(1, to.Length);
                }
            }

            mass = next;
        }

        return [.. Enumerable.Range(0, mass.Length).OrderByDescending(entity => mass[entity]).ThenBy(entity => entity).Select(entity => @case.Entities[entity])];
    }
}
