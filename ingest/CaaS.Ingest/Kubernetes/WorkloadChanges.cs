using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Finds what differs between two states of one workload.</summary>
internal static class WorkloadChanges
{
    public static void AddTo(
        in KubeDelta delta,
        KubeObject before,
        KubeObject after,
        DateTimeOffset now,
        ImmutableArray<ChangeEvent>.Builder changes)
    {
        if (Fact(before, KubeFacts.TemplateHash) != Fact(after, KubeFacts.TemplateHash))
        {
            changes.Add(Template(delta, before, after, now));
        }

        var (from, to) = (Fact(before, KubeFacts.Replicas), Fact(after, KubeFacts.Replicas));
        if (from != to && after.Entity.Kind is EntityKinds.Deployment or EntityKinds.StatefulSet)
        {
            // A daemon set's and a job's counts follow from nodes and progress; nobody asked for them.
            var summary = $"{ChangeDetector.Named(after)} was scaled from {from} to {to}";
            changes.Add(ChangeDetector.Change(
                delta, KubeFacts.ChangedAt, now, ChangeKind.Replicas, summary, from, to));
        }
    }

    private static ChangeEvent Template(
        in KubeDelta delta, KubeObject before, KubeObject after, DateTimeOffset now)
    {
        var images = Difference(before, after, KubeFacts.Images, ',');
        var environment = Difference(before, after, KubeFacts.Environment, '\n');
        var configs = Difference(before, after, KubeFacts.ConfigRefs, ',');
        var isImage = images.Names.Length > 0;
        var isConfig = environment.Names.Length > 0 || configs.Names.Length > 0;
        var kind = isImage ? ChangeKind.Image : isConfig ? ChangeKind.Config : ChangeKind.Template;

        var parts = new List<string>();
        Add(parts, "image", images.Names);
        Add(parts, "environment", environment.Names);
        Add(parts, "reference", configs.Names);
        var what = parts.Count > 0 ? string.Join("; ", parts) : "pod template";
        var summary = $"{ChangeDetector.Named(after)}: new {what}";
        var from = Join(images.Before, environment.Before, configs.Before);
        var to = Join(images.After, environment.After, configs.After);
        if (kind == ChangeKind.Template)
        {
            (from, to) = OtherParts(before, after);
        }

        var change = ChangeDetector.Change(delta, KubeFacts.ChangedAt, now, kind, summary, from, to);
        return change with { Revision = NextRevision(before, after) };
    }

    /// <summary>What is known to differ when images and configuration do not: limits, or else only the
    /// hashes.</summary>
    private static (string Before, string After) OtherParts(KubeObject before, KubeObject after)
    {
        string[] keys = [KubeFacts.CpuLimitCores, KubeFacts.CpuRequestCores, KubeFacts.MemoryLimitBytes];
        var differing = keys.Where(key => Fact(before, key) != Fact(after, key)).ToArray();
        var shown = differing.Length > 0 ? differing : [KubeFacts.TemplateHash];
        return (Show(before), Show(after));

        string Show(KubeObject state) => string.Join(
            ", ", shown.Where(key => Fact(state, key).Length > 0).Select(key => $"{key}={Fact(state, key)}"));
    }

    /// <summary>The deployment controller numbers a rollout only after it saw the new template, always one above the
    /// last; the change is told at once and so names the number to come.</summary>
    private static string NextRevision(KubeObject before, KubeObject after)
    {
        var (known, told) = (Fact(before, KubeFacts.Revision), Fact(after, KubeFacts.Revision));
        if (told != known)
        {
            return told;
        }

        var isCounted = int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isCounted && after.Entity.Kind == EntityKinds.Deployment
            ? (number + 1).ToString(CultureInfo.InvariantCulture)
            : "";
    }

    private static (string[] Names, string Before, string After) Difference(
        KubeObject before, KubeObject after, string key, char separator) =>
        ChangeText.Differ(Fact(before, key), Fact(after, key), separator);

    private static void Add(List<string> parts, string what, string[] names)
    {
        if (names.Length > 0)
        {
            parts.Add($"{what} {string.Join(", ", names)}");
        }
    }

    private static string Join(params ReadOnlySpan<string> texts)
    {
        var shown = new List<string>();
        foreach (var text in texts)
        {
            if (text.Length > 0)
            {
                shown.Add(text);
            }
        }

        return string.Join("; ", shown);
    }

    private static string Fact(KubeObject state, string key) => ChangeDetector.Fact(state, key);
}
