using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>The sorts of rows that blocks hold beside metric points.</summary>
internal static class RowKinds
{
    public static readonly RowKind<LogRecord> Logs = new(
        "logs",
        row => new RowKeys(row.Entity, "", (int)row.Severity, row.Body),
        row => row with { Body = "" },
        (row, text) => row with { Body = text });

    public static readonly RowKind<KubeEvent> Events = new(
        "events",
        row => new RowKeys(
            row.Entity,
            row.Owner.ToString(),
            (int)(row.IsWarning ? Severity.Warning : Severity.Information),
            $"{row.Reason}\n{row.Message}"),
        row => row with { Message = "" },
        (row, text) => row with { Message = text[(row.Reason.Length + 1)..] });

    public static readonly RowKind<ChangeEvent> Changes = new(
        "changes",
        row => new RowKeys(row.Entity, "", int.MaxValue, $"{row.Summary}\n{row.Before}\n{row.After}\n{row.Actor}"),
        row => row,
        (row, _) => row);

    public static readonly RowKind<KubeObject> Objects = new(
        "objects",
        row => new RowKeys(row.Entity, "", int.MaxValue, ""),
        row => row,
        (row, _) => row);

    /// <summary>The objects as they stood when the block began.</summary>
    public static readonly RowKind<KubeObject> Live = new(
        "live",
        row => new RowKeys(row.Entity, "", int.MaxValue, ""),
        row => row,
        (row, _) => row);
}
