using CaaS.Alerting.Ports;
using CaaS.Signals;
using Microsoft.EntityFrameworkCore;

namespace CaaS.Alerting.Runtime.Store;

/// <summary>Alerts, silences and notifications in the shared database.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="database">Tables.</param>
internal sealed class AlertStore(AlertingDatabase database) : IAlertStore
{
    /// <inheritdoc/>
    public async Task SaveAsync(
        IReadOnlyList<Alert> alerts,
        IReadOnlyList<Silence> silences,
        IReadOnlyList<Notification> notifications,
        CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            foreach (var alert in alerts)
            {
                var row = await context.Alerts.FindAsync([alert.Id], cancellationToken).ConfigureAwait(false);
                if (row is null)
                {
                    row = new AlertRow { Id = alert.Id };
                    context.Alerts.Add(row);
                }

                if (row.Revision < alert.Revision)
                {
                    Fill(row, alert);
                }
            }

            foreach (var silence in silences)
            {
                var row = await context.Silences.FindAsync([silence.Id], cancellationToken).ConfigureAwait(false);
                if (row is null)
                {
                    row = new SilenceRow { Id = silence.Id };
                    context.Silences.Add(row);
                }

                row.Scope = silence.Scope.ToString();
                row.UntilMs = silence.Until.ToUnixTimeMilliseconds();
                row.Json = RowJson.Write(silence);
            }

            var turn = notifications.Count == 0 ? 0 : await context.Notifications
                .MaxAsync(row => (long?)row.Turn, cancellationToken).ConfigureAwait(false) ?? 0;
            foreach (var notification in notifications)
            {
                // One that is there already may have been sent meanwhile: its row knows better.
                if (await context.Notifications.FindAsync([notification.Id], cancellationToken)
                    .ConfigureAwait(false) is null)
                {
                    context.Notifications.Add(new NotificationRow
                    {
                        Id = notification.Id,
                        AlertId = notification.AlertId,
                        Receiver = notification.Receiver,
                        Turn = ++turn,
                        Json = RowJson.Write(notification),
                    });
                }
            }

            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<Alert?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var row = await context.Alerts.FindAsync([id], cancellationToken).ConfigureAwait(false);
            return row is null ? null : RowJson.Read<Alert>(row.Json);
        }
    }

    /// <inheritdoc/>
    public async Task<AlertPage> ListAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = Matching(context.Alerts.AsNoTracking(), query);
            var total = await rows.CountAsync(cancellationToken).ConfigureAwait(false);
            var ordered = query.Order == AlertOrder.Usefulness
                ? rows.OrderByDescending(row => row.Usefulness).ThenByDescending(row => row.ChangedAtMs)
                : rows.OrderByDescending(row => row.ChangedAtMs);
            var page = await ordered.ThenBy(row => row.Id)
                .Skip(Math.Max(0, query.Offset)).Take(Math.Clamp(query.Limit, 1, 500))
                .Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new AlertPage([.. page.Select(RowJson.Read<Alert>)], total);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Silence>> SilencesAsync(
        Scope? scope, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var atMs = at.ToUnixTimeMilliseconds();
            var scopeText = scope?.ToString();
            var rows = await context.Silences.AsNoTracking()
                .Where(row => row.UntilMs > atMs && (scopeText == null || row.Scope == scopeText))
                .OrderBy(row => row.UntilMs).ThenBy(row => row.Id)
                .Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(RowJson.Read<Silence>)];
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Notification>> NotificationsAsync(
        string? alertId, int limit, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = await context.Notifications.AsNoTracking()
                .Where(row => alertId == null || row.AlertId == alertId)
                .OrderByDescending(row => row.Turn)
                .Take(Math.Clamp(limit, 1, 1000))
                .Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(RowJson.Read<Notification>)];
        }
    }

    /// <summary>Messages of a receiver that are still to be sent, oldest first.</summary>
    public async Task<IReadOnlyList<Notification>> UnsentAsync(
        string receiver, int limit, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = await context.Notifications.AsNoTracking()
                .Where(row => !row.IsOver && row.Receiver == receiver)
                .OrderBy(row => row.Turn)
                .Take(limit)
                .Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(RowJson.Read<Notification>)];
        }
    }

    /// <summary>Notes what became of a try.</summary>
    public async Task NoteAsync(Notification notification, bool isOver, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var row = await context.Notifications.FindAsync([notification.Id], cancellationToken).ConfigureAwait(false);
            if (row is not null)
            {
                row.IsOver = isOver;
                row.Json = RowJson.Write(notification);
                await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static IQueryable<AlertRow> Matching(IQueryable<AlertRow> rows, AlertQuery query)
    {
        if (query.Scope is { } scope)
        {
            var scopeText = scope.ToString();
            rows = rows.Where(row => row.Scope == scopeText);
        }

        if (query.Statuses.Count > 0)
        {
            var statuses = query.Statuses.Select(status => (int)status).ToArray();
            rows = rows.Where(row => statuses.Contains(row.Status));
        }

        if (query.Severities.Count > 0)
        {
            var severities = query.Severities.Select(severity => (int)severity).ToArray();
            rows = rows.Where(row => severities.Contains(row.Severity));
        }

        if (query.IsSilenced is { } isSilenced)
        {
            rows = rows.Where(row => row.IsSilenced == isSilenced);
        }

        if (query.Assignee is { } assignee)
        {
            rows = rows.Where(row => row.Assignee == assignee);
        }

        if (query.Text.Length > 0)
        {
            var words = query.Text.ToLowerInvariant();
            rows = rows.Where(row => row.Words.Contains(words));
        }

        return rows;
    }

    private static void Fill(AlertRow row, Alert alert)
    {
        row.Scope = alert.Scope.ToString();
        row.Revision = alert.Revision;
        row.Status = (int)alert.Status;
        row.Severity = (int)alert.Severity;
        row.Assignee = alert.Assignee;
        row.IsSilenced = alert.SilencedUntil is not null;
        row.ChangedAtMs = alert.ChangedAt.ToUnixTimeMilliseconds();
        row.Usefulness = alert.Usefulness?.Probability;
        row.Words = $"{alert.Title}\n{alert.Verdict}\n{alert.Entity}\n{alert.FaultClass}".ToLowerInvariant();
        row.Json = RowJson.Write(alert);
    }
}
