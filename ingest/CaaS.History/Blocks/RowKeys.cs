using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>What rows are found by.</summary>
/// <param name="Entity">Whom the row is about.</param>
/// <param name="Owner">Second entity it is found by, as written; empty for none.</param>
/// <param name="Severity">Severity, or <see cref="int.MaxValue"/> where the question makes no sense.</param>
/// <param name="Text">What text search looks in.</param>
internal readonly record struct RowKeys(EntityRef Entity, string Owner, int Severity, string Text)
{
    /// <summary>True when a search asks for this row; the time is the caller's to check.</summary>
    public bool Match(TextQuery query, string lowerText) =>
        Entity.Scope == query.Scope
        && (query.Entity is not { } entity || IsNamed(entity.ToString()))
        && Severity >= (int)query.MinSeverity
        && (lowerText.Length == 0 || Text.ToLowerInvariant().Contains(lowerText, StringComparison.Ordinal));

    private bool IsNamed(string entity) => Entity.ToString() == entity || Owner == entity;
}
