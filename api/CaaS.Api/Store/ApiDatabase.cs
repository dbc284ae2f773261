using Microsoft.EntityFrameworkCore;

namespace CaaS.Api.Store;

/// <summary>The way to the API's tables: brought up to date before the first use, whoever comes first.</summary>
/// <param name="contexts">Makes a context a use.</param>
internal sealed class ApiDatabase(IDbContextFactory<ApiContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _migrating = new(1, 1);
    private volatile bool _isMigrated;

    public async Task<ApiContext> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isMigrated)
        {
            await _migrating.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await MigrateOnce_NeedsLockAsync(cancellationToken).ConfigureAwait(false);
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

    private async Task MigrateOnce_NeedsLockAsync(CancellationToken cancellationToken)
    {
        if (_isMigrated)
        {
            return;
        }

        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }

        _isMigrated = true;
    }
}
