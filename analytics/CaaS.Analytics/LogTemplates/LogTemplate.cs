using CaaS.Analytics.State;

namespace CaaS.Analytics.LogTemplates;

/// <summary>One kind of line a workload writes.</summary>
internal sealed class LogTemplate(string id, string[] tokens)
{
    /// <summary>Hash of the text it was first seen with, 16 hex digits: stays when the text grows more
    /// general.</summary>
    public string Id => id;

    /// <summary>Words; <c>&lt;*&gt;</c> stands for any one.</summary>
    public string[] Tokens => tokens;

    /// <summary>Text for people.</summary>
    public string Text => string.Join(' ', tokens);

    /// <summary>Lines seen.</summary>
    public long Lines { get; set; }

    /// <summary>When the first line of the present run of lines came, Unix milliseconds.</summary>
    public long RunStartMs { get; set; }

    /// <summary>Lines of the present run.</summary>
    public int RunLines { get; set; }

    /// <summary>When the last line came, by the steps' now.</summary>
    public long LastMs { get; set; }

    /// <summary>True when it belongs to the workload's normal life.</summary>
    public bool IsFamiliar { get; set; }

    /// <summary>What was told when it was new, until cleared.</summary>
    public Anomaly? Told { get; set; }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        Lines = archive.Value(Lines);
        RunStartMs = archive.Value(RunStartMs);
        RunLines = archive.Value(RunLines);
        LastMs = archive.Value(LastMs);
        IsFamiliar = archive.Value(IsFamiliar);
        Told = ToldAnomaly.Sync(archive, Told);
    }
}
