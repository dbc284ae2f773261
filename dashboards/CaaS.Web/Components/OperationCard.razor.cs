using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>One operation: what it would change, what allows it, and what became of it.</summary>
public sealed partial class OperationCard
{
    private const int MaxLines = 400; // More is not read on a card; the API has it all.

    private string? _reason;
    private string[] _lines = [];

    /// <summary>The operation.</summary>
    [Parameter, EditorRequired]
    public required Operation Operation { get; set; }

    /// <summary>Now, UTC.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>True when the user may decide.</summary>
    [Parameter, EditorRequired]
    public required bool IsOperator { get; set; }

    /// <summary>Told the id of an operation that is approved.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string> OnApprove { get; set; }

    /// <summary>Told the id of an operation that is rejected, and why.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<(string Operation, string Reason)> OnReject { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _lines = Operation.Diff.TrimEnd('\n').Split('\n');

    /// <summary>A recording is not asked to try: it shows no dry run.</summary>
    private bool WasTried => Operation.Checks.Any(check => check.Name == "dry-run");

    private string Title => Operation.Kind switch
    {
        OperationKind.Rollback => "Roll back",
        OperationKind.Restart => "Restart",
        OperationKind.Scale => "Scale",
        OperationKind.Cordon => "Cordon",
        OperationKind.Uncordon => "Uncordon",
        _ => "Delete pod",
    };

    private string PillClass => Operation.Status switch
    {
        OperationStatus.Succeeded => "ok",
        OperationStatus.Failed or OperationStatus.Blocked => "critical",
        OperationStatus.Executing or OperationStatus.Verifying => "info",
        OperationStatus.Proposed => "warning",
        _ => "",
    };

    private static string DiffClass(string line) => line switch
    {
        ['+', ..] => "add",
        ['-', ..] => "del",
        ['@', ..] => "dim",
        _ => "",
    };

    private Task RejectAsync() => OnReject.InvokeAsync((Operation.Id, _reason!.Trim()));
}
