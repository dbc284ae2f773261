using System.ComponentModel.DataAnnotations;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Limits and thresholds of the miner of log templates; the same for every source of lines.</summary>
public sealed class LogMinerOptions
{
    /// <summary>Characters of a line that are read; the rest is one value. Real messages are far below.</summary>
    [Range(64, 1_000_000)]
    public int MaxLineLength { get; set; } = 4096;

    /// <summary>Pieces of a line that are told apart; the rest is one value.</summary>
    [Range(16, 10_000)]
    public int MaxTokens { get; set; } = 512;

    /// <summary>Templates kept, about 1 KB each; lines that fit none once it is full have no template.</summary>
    [Range(8, 1_000_000)]
    public int MaxTemplates { get; set; } = 10_000;

    /// <summary>Shapes of lines kept for the fast path, several a template; past it lines take the slow one.</summary>
    [Range(8, 4_000_000)]
    public int MaxShapes { get; set; } = 40_000;

    /// <summary>Distinct words in one place of templates that are else the same, from which on the place is a
    /// value: no closed set of states in a log has as many.</summary>
    [Range(2, 1000)]
    public int FreeWords { get; set; } = 12;

    /// <summary>The same after a word that announces a value (<c>user</c>, <c>process</c>), and where other lines
    /// have an evident value in that place.</summary>
    [Range(2, 1000)]
    public int AnnouncedWords { get; set; } = 3;

    /// <summary>The same after an equals sign or a preposition.</summary>
    [Range(2, 1000)]
    public int AssignedWords { get; set; } = 4;
}
