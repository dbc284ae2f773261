using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>What holds for any run of any signals.</summary>
public class IncidentProperties
{
    private static readonly string[] Names = ["gateway", "catalogue", "cart", "checkout", "payment", "stock"];
    private static readonly string[] Legal =
    [
        "→opened", "Open→updated", "Open→mitigated", "Open→resolved", "Open→merged",
        "Mitigated→updated", "Mitigated→reopened", "Mitigated→resolved", "Mitigated→merged",
    ];

    [Property(MaxTest = 15)]
    public void Any_chaos_keeps_the_rules_of_an_incidents_life(int seed)
    {
        var shop = Chaos(seed);

        foreach (var life in shop.Records.GroupBy(record => record.Incident.Id))
        {
            var status = "";
            foreach (var record in life)
            {
                Assert.Contains($"{status}→{record.Change}", Legal);
                status = record.Incident.Status.ToString();
            }

            Assert.Equal(Enumerable.Range(1, life.Count()), life.Select(record => record.Incident.Revision));
        }

        foreach (var incident in shop.Records.Select(record => record.Incident))
        {
            Assert.InRange(incident.Hypotheses.Sum(cause => cause.Confidence), 0, 1.01);
            Assert.True(incident.Onset <= incident.ChangedAt);
            Assert.All(incident.Symptoms, symptom => Assert.NotEmpty(symptom.JoinedBecause));
            Assert.Equal(Enumerable.Range(1, incident.Hypotheses.Length), incident.Hypotheses.Select(cause => cause.Rank));
            Assert.NotEmpty(incident.Title);
            Assert.NotEmpty(incident.Verdict);
            Assert.Empty(incident.Affected.Intersect(incident.Impacted));
            Assert.Equal(incident.Affected.Concat(incident.Impacted), incident.Harms.Select(harm => harm.Service));
            Assert.All(incident.Harms, harm => Assert.NotEmpty(harm.Text));
        }

        var shared = shop.OpenIncidents.SelectMany(incident => incident.Symptoms.Select(symptom => symptom.Id))
            .GroupBy(id => id).Where(group => group.Count() > 1);
        Assert.Empty(shared);
    }

    [Property(MaxTest = 5)]
    public void Any_chaos_replays_to_the_same_bytes(int seed)
    {
        var shop = Chaos(seed);
        var again = new RcaEngine(new RcaOptions(), Scope.Default);

        var records = shop.Sent.SelectMany(sent => again.Step(sent.Offset, sent.Batch, sent.Anomalies, sent.Now)).ToList();

        Assert.Equal(SignalsJson.Encode(shop.Records), SignalsJson.Encode(records));
    }

    [Property(MaxTest = 5)]
    public void Chaos_that_ends_leaves_no_incident_open(int seed)
    {
        var shop = Chaos(seed);
        shop.ClearAll();
        foreach (var name in Names)
        {
            shop.Rollout(name, ChangeKind.Image);
            shop.SendWorkload(name, "shop", 1, 1);
        }

        shop.Node("node1", "true");
        shop.Node("node2", "true");
        shop.RunTo(shop.Second + 120);

        Assert.Empty(shop.OpenIncidents);
    }

    /// <summary>Six minutes in which anything happens to anybody.</summary>
    private static Shop Chaos(int seed)
    {
        var random = new Random(seed);
        var shop = new Shop();
        shop.RunTo(60);
        for (var turn = 0; turn < 60; turn++)
        {
            var name = Names[random.Next(Names.Length)];
            switch (random.Next(10))
            {
                case 0:
                    shop.Serve(name, SignalRole.Errors, random.NextDouble());
                    break;
                case 1:
                    shop.Serve(name, SignalRole.Latency, random.Next(5) == 0 ? double.NaN : random.NextDouble() * 3);
                    break;
                case 2:
                    var (caller, callee) = Shop.Calls[random.Next(Shop.Calls.Length)];
                    shop.Call(caller, callee, random.Next(2) == 0 ? SignalRole.Errors : SignalRole.Latency, random.NextDouble());
                    break;
                case 3:
                    shop.ClearAll();
                    break;
                case 4:
                    shop.Crash(shop.PodOf(name), random.Next(2) == 0 ? "OOMKilled" : "Error", "137", random.Next(2) == 0);
                    break;
                case 5:
                    shop.Alter(shop.PodOf(name), pod => { pod.IsReady = true; pod.Waiting = ""; });
                    break;
                case 6:
                    shop.Rollout(name, ChangeKind.Config);
                    break;
                case 7:
                    shop.Node("node2", random.Next(2) == 0 ? "unknown" : "true");
                    break;
                case 8:
                    shop.SendWorkload(name, "shop", 1, random.Next(2));
                    break;
                default:
                    shop.Raise($"{name}|x{turn}", Shop.Workload(name), SignalRole.Cpu, "cpu", [], random.NextDouble());
                    break;
            }

            shop.RunTo(shop.Second + random.Next(1, 12));
        }

        return shop;
    }
}
