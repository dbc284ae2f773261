using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>One change that reached a running system.</summary>
/// <param name="Id">Its id, such as a commit.</param>
/// <param name="Target">Name of what it was rolled out to; empty when no rollout of it was seen.</param>
/// <param name="Time">When it was rolled out, unix seconds.</param>
/// <param name="Title">What its author wrote.</param>
/// <param name="Files">Paths of the files it touches.</param>
/// <param name="Diff">The change itself as a unified diff, or empty.</param>
public sealed record ChangeFact(string Id, string Target, double Time, string Title, ImmutableArray<string> Files,
    string Diff);
