using CaaS.Log;

namespace CaaS.Orchestration.Runtime;

/// <summary>How far a topic is processed.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Next">First offset not yet processed.</param>
internal sealed record Commit(Topic Topic, long Next);
