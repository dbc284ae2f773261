using System.Collections.Immutable;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Ceph;

/// <summary>Tells what happened between two readings: by itself as events, on purpose as changes.</summary>
/// <remarks>
/// A health check is told when it begins to fail and when it no longer does, in the words of Ceph's own cluster log. An
/// OSD goes down and comes up by itself; it is marked out by itself only while it is down
/// (<c>mon_osd_down_out_interval</c>), else by somebody.
/// </remarks>
/// <param name="now">Time of the second reading.</param>
internal sealed class CephChanges(DateTimeOffset now)
{
    public ImmutableArray<KubeEvent>.Builder Events { get; } = ImmutableArray.CreateBuilder<KubeEvent>();

    public ImmutableArray<ChangeEvent>.Builder Changes { get; } = ImmutableArray.CreateBuilder<ChangeEvent>();

    /// <summary>Codes of the checks a cluster said to fail, muted or not.</summary>
    public static IEnumerable<string> Codes(KubeObject cluster) =>
        new[] { Fact(cluster, CephFacts.FailedChecks), Fact(cluster, CephFacts.MutedChecks) }
            .SelectMany(codes => codes.Split(',', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Tells how an object differs from what it was.</summary>
    /// <param name="before">What it was; null when it is new.</param>
    /// <param name="after">What it is.</param>
    /// <param name="isFirst">True when nothing was known: then all is as it always was.</param>
    public void AddDifference(KubeObject? before, KubeObject after, bool isFirst)
    {
        if (before is null || before.Uid != after.Uid)
        {
            if (!isFirst && IsMade(after))
            {
                Add(after, ChangeKind.Created, "was created", "", Shape(after));
            }

            return;
        }

        switch (after.Entity.Kind)
        {
            case EntityKinds.CephOsd:
                AddOsd(before, after);
                break;
            case EntityKinds.CephPool when Shape(before) != Shape(after):
                Add(after, ChangeKind.Config, "has new settings", Shape(before), Shape(after));
                break;
            case EntityKinds.CephCluster:
                AddList(before, after, CephFacts.Flags, "flag", "set", "unset");
                AddList(before, after, CephFacts.MutedChecks, "health check", "muted", "no longer muted");
                break;
            default:
                break;
        }
    }

    /// <summary>Tells that an object is gone.</summary>
    /// <param name="gone">Its last state.</param>
    public void AddEnd(KubeObject gone)
    {
        if (IsMade(gone))
        {
            Add(gone, ChangeKind.Deleted, "was removed", Shape(gone), "");
        }
    }

    /// <summary>Tells which health checks begin to fail and which no longer do.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="before">Checks that failed, by code.</param>
    /// <param name="after">Checks that fail, by code.</param>
    public void AddChecks(
        KubeObject cluster, IReadOnlyDictionary<string, CephCheck> before, IReadOnlyDictionary<string, CephCheck> after)
    {
        foreach (var check in after.Values.Where(check => !before.ContainsKey(check.Code) && !check.IsMuted))
        {
            AddEvent(cluster, check.Code, $"Health check failed: {check.Message} ({check.Code})", isWarning: true);
        }

        foreach (var code in before.Keys.Where(code => !after.ContainsKey(code)).Order(StringComparer.Ordinal))
        {
            AddEvent(cluster, code, $"Health check cleared: {code}", isWarning: false);
        }
    }

    private static string Fact(KubeObject state, string key) => state.Facts.GetValueOrDefault(key, "");

    /// <summary>Hosts and states of placement groups come and go with OSDs and data: nobody makes them.</summary>
    private static bool IsMade(KubeObject state) => state.Entity.Kind is EntityKinds.CephOsd or EntityKinds.CephPool;

    /// <summary>What people choose of an object.</summary>
    private static string Shape(KubeObject state) => state.Entity.Kind == EntityKinds.CephPool
        ? string.Join(' ', new[] { KubeFacts.Replicas, KubeFacts.MinReplicas, CephFacts.PgCount, CephFacts.QuotaBytes }
            .Where(state.Facts.ContainsKey).Select(key => $"{key}={Fact(state, key)}"))
        : Fact(state, CephFacts.Version);

    private void AddOsd(KubeObject before, KubeObject after)
    {
        var isUp = Fact(after, KubeFacts.Ready) == "true";
        var isIn = Fact(after, CephFacts.In) == "true";
        var (up, inward) = (Differs(before, after, KubeFacts.Ready), Differs(before, after, CephFacts.In));
        if (up)
        {
            AddEvent(after, isUp ? "OsdUp" : "OsdDown", $"{after.Entity.Name} is {(isUp ? "up" : "down")}", !isUp);
        }

        if (inward && !isUp && !isIn)
        {
            AddEvent(after, "OsdOut", $"{after.Entity.Name} is out: its data is copied to others", isWarning: true);
        }
        else if (inward && up && isIn)
        {
            AddEvent(after, "OsdIn", $"{after.Entity.Name} is in again", isWarning: false);
        }
        else if (inward)
        {
            Add(after, ChangeKind.Config, isIn ? "was marked in" : "was marked out", isIn ? "out" : "in", isIn ? "in" : "out");
        }
        else if (isIn && Differs(before, after, CephFacts.Reweight))
        {
            Add(after, ChangeKind.Config, "was reweighted", Fact(before, CephFacts.Reweight), Fact(after, CephFacts.Reweight));
        }

        if (Shape(before).Length > 0 && Shape(after).Length > 0 && Shape(before) != Shape(after))
        {
            Add(after, ChangeKind.Image, $"runs Ceph {Shape(after)}", Shape(before), Shape(after));
        }
    }

    private void AddList(KubeObject before, KubeObject after, string key, string noun, string verb, string opposite)
    {
        var old = Fact(before, key).Split(',', StringSplitOptions.RemoveEmptyEntries);
        var young = Fact(after, key).Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (var item in young.Except(old))
        {
            Add(after, ChangeKind.Config, $"{noun} {item} was {verb}", Fact(before, key), Fact(after, key));
        }

        // A muted check that is gone was mended, not unmuted.
        foreach (var item in old.Except(young).Where(item => key == CephFacts.Flags || Codes(after).Contains(item)))
        {
            Add(after, ChangeKind.Config, $"{noun} {item} was {opposite}", Fact(before, key), Fact(after, key));
        }
    }

    private static bool Differs(KubeObject before, KubeObject after, string key) => Fact(before, key) != Fact(after, key);

    private void Add(KubeObject state, ChangeKind kind, string what, string before, string after) => Changes.Add(new ChangeEvent(
        now,
        state.Entity,
        kind,
        ChangeText.Cut($"{state.Entity.Kind} {state.Entity.Name} {what}"),
        ChangeText.Cut(before),
        ChangeText.Cut(after),
        "",
        ""));

    private void AddEvent(KubeObject state, string reason, string message, bool isWarning)
    {
        var uid = $"{state.Uid}/{reason}{(isWarning ? "" : "/over")}";
        Events.Add(new KubeEvent(now, uid, state.Entity, state.Entity, reason, message, isWarning, CountDelta: 1));
    }
}
