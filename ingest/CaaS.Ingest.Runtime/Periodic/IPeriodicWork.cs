namespace CaaS.Ingest.Runtime.Periodic;

/// <summary>Something a source does again and again, one step at a time.</summary>
internal interface IPeriodicWork
{
    /// <summary>Name for logs and counts.</summary>
    string Name { get; }

    /// <summary>Time from one step's start to the next one's.</summary>
    TimeSpan Interval { get; }

    /// <summary>Time until the first step.</summary>
    TimeSpan FirstDelay { get; }

    /// <summary>Does one step; never runs twice at once.</summary>
    Task StepAsync(CancellationToken cancellationToken);

    /// <summary>Ends what the steps began, when the work is over but the process goes on.</summary>
    Task EndAsync(CancellationToken cancellationToken);
}
