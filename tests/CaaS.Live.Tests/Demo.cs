using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CaaS.Live.Tests;

/// <summary>README's first command, started as its reader would, until the verdict is printed.</summary>
internal sealed class Demo : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private Demo(Process process, string signIn, string said)
    {
        _process = process;
        SignIn = signIn;
        Said = said;
    }

    /// <summary>Link that signs in.</summary>
    public string SignIn { get; }

    /// <summary>What it printed until the verdict.</summary>
    public string Said { get; }

    /// <summary>Starts it on a port of its own.</summary>
    /// <returns>The running demo.</returns>
    public static async Task<Demo> StartAsync()
    {
        var host = Path.Combine(Live.Root, "artifacts/bin/CaaS.Host/release/CaaS.Host");
        var process = Process.Start(new ProcessStartInfo(host, "demo --urls http://127.0.0.1:0")
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("The host did not start.");
        using var timeout = new CancellationTokenSource(StartLimit);
        var said = new List<string>();
        var signIn = "";
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            said.Add(line);
            signIn = Regex.Match(line, @"http\S+/sign-in#token=\S+") is { Success: true } link ? link.Value : signIn;
            if (line.StartsWith("Open the incident", StringComparison.Ordinal))
            {
                return new Demo(process, signIn, string.Join('\n', said));
            }
        }

        process.Kill();
        throw new InvalidOperationException($"The demo ended early:\n{string.Join('\n', said)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
