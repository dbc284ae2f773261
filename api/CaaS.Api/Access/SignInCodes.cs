using System.Collections.Concurrent;

namespace CaaS.Api.Access;

/// <summary>Codes that sign an operator in once, for links printed where the server was started.</summary>
/// <param name="time">Clock.</param>
internal sealed class SignInCodes(TimeProvider time)
{
    // A restart makes new ones; more than a few at a time means that nobody uses them.
    private const int CountMax = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _endByHash = new(StringComparer.Ordinal);

    public string New()
    {
        var now = time.GetUtcNow();
        foreach (var (hash, end) in _endByHash.OrderBy(code => code.Value))
        {
            if (end <= now || _endByHash.Count >= CountMax)
            {
                _endByHash.TryRemove(hash, out _);
            }
        }

        var code = Secret.New(Secret.CodePrefix);
        _endByHash[Secret.Hash(code)] = now + Lifetime;
        return code;
    }

    /// <summary>Uses a code up.</summary>
    /// <returns>True when it was good.</returns>
    public bool Redeem(string code) =>
        _endByHash.TryRemove(Secret.Hash(code), out var end) && end > time.GetUtcNow();
}
