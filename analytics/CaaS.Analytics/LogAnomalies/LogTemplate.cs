using CaaS.Analytics.LogTemplates;
using CaaS.Analytics.State;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>What the watch knows of one kind of line of a workload.</summary>
/// <param name="pattern">Its pattern.</param>
/// <param name="sample">A line of it.</param>
internal sealed class LogTemplate(LogPattern pattern, string sample)
{
    private const int SampleMax = 200;

    /// <summary>Its pattern.</summary>
    public LogPattern Pattern => pattern;

    /// <summary>Name of its signal: <c>template:</c> and the versioned id.</summary>
    public string Signal => "template:" + pattern.VersionedId;

    /// <summary>First line of it, cut.</summary>
    public string Sample { get; } = Cut(sample);

    /// <summary>When the first line of the present run of grave lines came, Unix milliseconds.</summary>
    public long RunStartMs { get; private set; }

    /// <summary>Lines of the present run.</summary>
    public int RunLines { get; private set; }

    /// <summary>When the last grave line came, by the steps' now.</summary>
    public long GraveMs { get; private set; }

    /// <summary>True when it belongs to the workload's normal life as a grave line.</summary>
    public bool IsFamiliar { get; set; }

    /// <summary>What was told when it was new, until cleared.</summary>
    public Anomaly? Told { get; set; }

    /// <summary>True once another template has taken over what is known of it.</summary>
    public bool IsTakenIn { get; private set; }

    /// <summary>Lines of the present window.</summary>
    public int WindowLines { get; set; }

    /// <summary>Usual share of the workload's lines.</summary>
    public double Share { get; set; }

    /// <summary>How its rate is watched; null while it is not.</summary>
    public TemplateRate? Rate { get; set; }

    /// <summary>Saves or loads a template.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="template">Template; null while loading.</param>
    /// <param name="pattern">Its pattern.</param>
    /// <returns>The one that counts.</returns>
    public static LogTemplate Sync(StateArchive archive, LogTemplate? template, LogPattern pattern)
    {
        var sample = archive.Text(template?.Sample ?? "");
        template ??= new LogTemplate(pattern, sample);
        template.RunStartMs = archive.Value(template.RunStartMs);
        template.RunLines = archive.Value(template.RunLines);
        template.GraveMs = archive.Value(template.GraveMs);
        template.IsFamiliar = archive.Value(template.IsFamiliar);
        template.IsTakenIn = archive.Value(template.IsTakenIn);
        template.WindowLines = archive.Value(template.WindowLines);
        template.Share = archive.Value(template.Share);
        template.Told = ToldAnomaly.Sync(archive, template.Told);
        return template;
    }

    /// <summary>First line of a message, cut for people.</summary>
    /// <param name="line">Message.</param>
    public static string Cut(string line)
    {
        var text = line.AsSpan().Trim();
        var end = text.IndexOfAny('\r', '\n');
        text = end < 0 ? text : text[..end];
        return text.Length <= SampleMax ? text.ToString() : string.Concat(text[..SampleMax], "…");
    }

    /// <summary>Counts a grave line.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="runMs">Longest pause within a run.</param>
    public void CountGrave(long nowMs, long runMs)
    {
        if (nowMs - GraveMs > runMs)
        {
            RunStartMs = nowMs;
            RunLines = 0;
        }

        GraveMs = nowMs;
        RunLines++;
    }

    /// <summary>Takes over what is known of a template that the pattern took in.</summary>
    /// <param name="other">The other; not used afterwards.</param>
    public void TakeIn(LogTemplate other)
    {
        other.IsTakenIn = true;
        IsFamiliar |= other.IsFamiliar;
        GraveMs = Math.Max(GraveMs, other.GraveMs);
        WindowLines += other.WindowLines;
        Share += other.Share;
        (other.WindowLines, other.Share) = (0, 0);
        if (Told is null)
        {
            (Told, other.Told) = (other.Told, null);
        }
    }
}
