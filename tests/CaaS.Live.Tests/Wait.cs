using System.Diagnostics;

namespace CaaS.Live.Tests;

/// <summary>Waits for something real to happen.</summary>
internal static class Wait
{
    /// <summary>Asks once a second until there is an answer.</summary>
    /// <typeparam name="T">Type of the answer.</typeparam>
    /// <param name="what">What is waited for, for the failure's message.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="ask">Asks; null means not yet.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public static async Task<T> ForAsync<T>(string what, TimeSpan limit, Func<Task<T?>> ask)
        where T : class
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (waited.Elapsed > limit)
            {
                throw new TimeoutException($"{what}: not within {limit.TotalSeconds:0} s.");
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
