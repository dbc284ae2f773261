using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>What people say of an incident, and the buttons to say it.</summary>
public sealed partial class FeedbackCard
{
    private const int MaxSaid = 20;

    private int _cause;
    private string _note = "";

    /// <summary>The last word of each person, newest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Feedback> Said { get; set; }

    /// <summary>Causes listed, best first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Hypothesis> Causes { get; set; }

    /// <summary>True for who may say something.</summary>
    [Parameter, EditorRequired]
    public required bool IsOperator { get; set; }

    /// <summary>Told what is said.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<FeedbackRequest> OnSend { get; set; }

    private static string Says(Feedback word)
    {
        var cause = $"{word.Entity} {word.FaultClass}".Trim();
        var said = word.Verdict switch
        {
            FeedbackVerdict.Confirmed => $"confirmed {cause} (rank {word.Rank})",
            FeedbackVerdict.Wrong when cause.Length > 0 => $"says it was {cause}",
            FeedbackVerdict.Wrong => "says the cause is wrong",
            _ => "says it is noise",
        };
        return word.Note.Length > 0 ? $"{said}: {word.Note}" : said;
    }

    private async Task SendAsync(FeedbackVerdict verdict)
    {
        var cause = verdict == FeedbackVerdict.Confirmed && _cause < Causes.Count ? Causes[_cause] : null;
        await OnSend.InvokeAsync(new FeedbackRequest(verdict, cause?.Entity, cause?.FaultClass, _note.Trim()));
        _note = "";
    }
}
