using System.Collections.Concurrent;
using CaaS.Api.Store;
using CaaS.Client.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Access;

/// <summary>Tokens and sessions: kept as hashes in the database, held in memory for every request.</summary>
/// <remarks>Thread-safe. A change is in the database before it counts.</remarks>
internal sealed class AccessBook(
    ApiDatabase database,
    PlatformIdentity platform,
    IOptions<ApiOptions> options,
    TimeProvider time,
    ILogger<AccessBook> logger) : IHostedService
{
    /// <summary>File in the data folder that holds the first operator's token.</summary>
    public const string TokenFile = "operator-token";

    // One person opens a few a day; past it the oldest go.
    private const int SessionCountMax = 1000;
    private const int TokenCountMax = 1000;

    private readonly ConcurrentDictionary<string, Grant> _byHash = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            foreach (var row in await context.Grants.AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false))
            {
                _byHash[row.Hash] = row.ToGrant();
            }
        }

        if (_byHash.Values.Any(grant => !grant.IsSession))
        {
            return;
        }

        if (platform.DataFolder.Length == 0)
        {
            logger.NoDataFolder();
            return;
        }

        // The file first: a crash in between leaves a file without a row, and the next start writes both anew.
        var secret = Secret.New(Secret.OperatorPrefix);
        var path = Path.Combine(platform.DataFolder, TokenFile);
        await WriteTokenAsync(path, secret, cancellationToken).ConfigureAwait(false);
        await AddAsync("operator", Role.Operator, secret, "", "caas", null, cancellationToken).ConfigureAwait(false);
        logger.TokenWritten(path);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Finds whom a secret belongs to.</summary>
    /// <returns>The grant, or null when the secret is unknown, revoked or expired.</returns>
    public Grant? FindOrNull(string secret) =>
        secret.Length is > 0 and <= Secret.LengthMax
        && _byHash.TryGetValue(Secret.Hash(secret), out var grant)
        && grant.IsGood(time.GetUtcNow())
            ? grant
            : null;

    /// <summary>True while a grant that was found before still holds.</summary>
    public bool IsGood(string hash) =>
        _byHash.TryGetValue(hash, out var grant) && grant.IsGood(time.GetUtcNow());

    /// <summary>Tokens, by name; sessions are left out.</summary>
    public IReadOnlyList<Grant> Tokens() =>
    [
        .. _byHash.Values.Where(grant => !grant.IsSession)
            .OrderBy(grant => grant.Name, StringComparer.Ordinal).ThenBy(grant => grant.Id, StringComparer.Ordinal),
    ];

    /// <summary>Makes a token.</summary>
    /// <returns>The token and its secret; null when there are too many.</returns>
    public async Task<NewToken?> NewTokenAsync(
        TokenRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Tokens().Count >= TokenCountMax)
        {
            return null;
        }

        var secret = Secret.New(request.Role == Role.Operator ? Secret.OperatorPrefix : Secret.ViewerPrefix);
        var grant = await AddAsync(request.Name, request.Role, secret, "", actor, null, cancellationToken)
            .ConfigureAwait(false);
        return new NewToken(grant.ToWire(), secret);
    }

    /// <summary>Opens a session for a browser.</summary>
    /// <returns>The session and its secret.</returns>
    public async Task<(Grant Session, string Secret)> NewSessionAsync(
        string name, Role role, string parentId, CancellationToken cancellationToken)
    {
        await ForgetAsync(cancellationToken).ConfigureAwait(false);
        var secret = Secret.New(Secret.SessionPrefix);
        var ends = time.GetUtcNow() + options.Value.SessionLifetime;
        var session = await AddAsync(name, role, secret, parentId, name, ends, cancellationToken).ConfigureAwait(false);
        return (session, secret);
    }

    /// <summary>Revokes a token and the sessions opened with it, or one session.</summary>
    /// <returns>The revoked token, or null when there is none of that id.</returns>
    public async Task<Grant?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var revoked = _byHash.Values
            .Where(grant => (grant.Id == id || grant.ParentId == id) && grant.RevokedAt is null)
            .Select(grant => grant with { RevokedAt = now }).ToArray();
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            foreach (var grant in revoked)
            {
                if (await context.Grants.FindAsync([grant.Id], cancellationToken).ConfigureAwait(false) is { } row)
                {
                    row.RevokedAtMs = now.ToUnixTimeMilliseconds();
                }
            }

            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var grant in revoked)
        {
            _byHash[grant.Hash] = grant;
        }

        return _byHash.Values.FirstOrDefault(grant => grant.Id == id);
    }

    private static async Task WriteTokenAsync(string path, string secret, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".new";
        File.Delete(draft);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(draft, how);
        await using (stream.ConfigureAwait(false))
        {
            var writer = new StreamWriter(stream);
            await using (writer.ConfigureAwait(false))
            {
                await writer.WriteLineAsync(secret.AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }

        File.Move(draft, path, overwrite: true);
    }

    private async Task<Grant> AddAsync(
        string name,
        Role role,
        string secret,
        string parentId,
        string createdBy,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken)
    {
        var grant = new Grant(
            Secret.NewId(), name, role, Secret.Hash(secret), parentId, time.GetUtcNow(), createdBy, expiresAt, null);
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            context.Grants.Add(GrantRow.From(grant));
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        _byHash[grant.Hash] = grant;
        return grant;
    }

    /// <summary>Drops sessions that are over, and the oldest when there are too many.</summary>
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sessions = _byHash.Values.Where(grant => grant.IsSession).OrderByDescending(grant => grant.CreatedAt);
        var gone = sessions.Where((grant, index) => index >= SessionCountMax - 1 || !grant.IsGood(now)).ToArray();
        if (gone.Length == 0)
        {
            return;
        }

        var ids = gone.Select(grant => grant.Id).ToArray();
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.Grants.Where(row => ids.Contains(row.Id))
                .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var grant in gone)
        {
            _byHash.TryRemove(grant.Hash, out _);
        }
    }
}
