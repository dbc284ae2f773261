using System.Globalization;
using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>One ranked cause and its evidence.</summary>
public sealed partial class CauseRow
{
    private const int MaxEvidence = 25; // Strongest first: what follows decides nothing.

    /// <summary>The cause.</summary>
    [Parameter, EditorRequired]
    public required Hypothesis Cause { get; set; }

    /// <summary>True when its evidence shows.</summary>
    [Parameter, EditorRequired]
    public required bool IsOpen { get; set; }

    /// <summary>Told when it is opened or closed.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnToggle { get; set; }

    /// <summary>When the incident began, UTC.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Onset { get; set; }

    private string Width => string.Create(CultureInfo.InvariantCulture, $"{Cause.Confidence * 100:0}%");

    private string Lead(Evidence evidence) => (Onset - evidence.Time) switch
    {
        { TotalSeconds: >= 1 } lead => $", {Words.Span(lead)} before the onset",
        { TotalSeconds: <= -1 } lag => $", {Words.Span(-lag)} after the onset",
        _ => "",
    };
}
