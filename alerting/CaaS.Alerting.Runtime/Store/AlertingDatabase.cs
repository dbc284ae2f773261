using Microsoft.EntityFrameworkCore;

namespace CaaS.Alerting.Runtime.Store;

/// <summary>Opens alerting's tables; they are brought up to date before the first use, whoever comes first.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="contexts">Makes a context a use.</param>
internal sealed class AlertingDatabase(IDbContextFactory<AlertingContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _migrating = new(1, 1);
    private volatile bool _isMigrated;

    public async Task<AlertingContext> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isMigrated)
        {
            await _migrating.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!_isMigrated)
                {
                    var first = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
                    await using (first.ConfigureAwait(false))
                    {
                        await first.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
                    }

                    _isMigrated = true;
                }
            }
            finally
            {
                _migrating.Release();
            }
        }

        return await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _migrating.Dispose();
}
