using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.FluentForward;

/// <summary>What one message of the Forward protocol held.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Records">Its records in the order sent.</param>
/// <param name="ChunkId">Id to acknowledge with once the records are durable, or empty when the sender wants no
/// answer.</param>
/// <param name="RejectedCount">Entries left out because they have another shape.</param>
public sealed record ForwardMessage(
    string Tag, ImmutableArray<LogRecord> Records, string ChunkId, int RejectedCount);
