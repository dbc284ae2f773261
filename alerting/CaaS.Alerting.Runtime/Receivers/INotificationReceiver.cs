namespace CaaS.Alerting.Runtime.Receivers;

/// <summary>Somebody who can be told.</summary>
internal interface INotificationReceiver
{
    /// <summary>Name in notifications and metrics.</summary>
    string Name { get; }

    /// <summary>Tries once to deliver.</summary>
    /// <param name="notification">What to say; its id lets the receiver drop a repetition.</param>
    /// <param name="alert">What it is about.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>What became of it; expected failures do not throw.</returns>
    Task<Attempt> SendAsync(Notification notification, Alert alert, CancellationToken cancellationToken);
}
