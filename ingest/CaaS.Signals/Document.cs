namespace CaaS.Signals;

/// <summary>A text people wrote: a runbook, a post-mortem, a ticket.</summary>
/// <param name="Time">Last change, UTC.</param>
/// <param name="Id">Stable id: its path or URL.</param>
/// <param name="Title">Title.</param>
/// <param name="Text">Plain text.</param>
public sealed record Document(DateTimeOffset Time, string Id, string Title, string Text);
