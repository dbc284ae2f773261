namespace CaaS.Ingest.Runtime.Writing;

/// <summary>Whether a batch is durable.</summary>
/// <param name="Why">Empty when it is; otherwise <c>busy</c> (too many waiting) or <c>unavailable</c> (the log
/// refused it).</param>
public readonly record struct Receipt(string Why)
{
    /// <summary>The batch is durable.</summary>
    public static readonly Receipt Durable = new("");

    /// <summary>True when the batch is durable and may be acknowledged.</summary>
    public bool IsOk => string.IsNullOrEmpty(Why);
}
