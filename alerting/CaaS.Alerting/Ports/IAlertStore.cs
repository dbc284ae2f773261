using CaaS.Signals;

namespace CaaS.Alerting.Ports;

/// <summary>Alerts, silences and notifications that survive a restart and can be asked for.</summary>
public interface IAlertStore
{
    /// <summary>Keeps the newest revision of each.</summary>
    /// <param name="alerts">Changed alerts.</param>
    /// <param name="silences">New or changed silences.</param>
    /// <param name="notifications">New or changed notifications.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SaveAsync(
        IReadOnlyList<Alert> alerts,
        IReadOnlyList<Silence> silences,
        IReadOnlyList<Notification> notifications,
        CancellationToken cancellationToken);

    /// <summary>Finds one alert.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The alert, or null.</returns>
    Task<Alert?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists alerts in the order asked for.</summary>
    /// <param name="query">Filter and page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One page and the number of all that match.</returns>
    Task<AlertPage> ListAsync(AlertQuery query, CancellationToken cancellationToken);

    /// <summary>Silences that end after an instant, soonest end first.</summary>
    /// <param name="scope">Scope, or null for all.</param>
    /// <param name="at">Instant, UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Silences.</returns>
    Task<IReadOnlyList<Silence>> SilencesAsync(Scope? scope, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notifications, newest first.</summary>
    /// <param name="alertId">Only those of this alert, or null for all.</param>
    /// <param name="limit">Most answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Notifications.</returns>
    Task<IReadOnlyList<Notification>> NotificationsAsync(
        string? alertId, int limit, CancellationToken cancellationToken);
}
