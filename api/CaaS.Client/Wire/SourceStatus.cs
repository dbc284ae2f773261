namespace CaaS.Client.Wire;

/// <summary>One source and when it last said something.</summary>
/// <param name="Name">Name, such as <c>kubernetes</c>.</param>
/// <param name="LastSeen">Its last batch, UTC.</param>
/// <param name="Rows">Rows received since the start.</param>
public sealed record SourceStatus(string Name, DateTimeOffset LastSeen, long Rows);
