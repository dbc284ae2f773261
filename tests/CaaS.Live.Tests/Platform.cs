using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CaaS.Client;

namespace CaaS.Live.Tests;

/// <summary>The platform as its users run it: a process of its own, with a data folder that outlives it.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly string _arguments;
    private readonly string _logFile;
    private Process? _process;

    private Platform(string data, int port, string arguments)
    {
        Data = data;
        Url = new Uri($"http://127.0.0.1:{port}/");
        _arguments = arguments;
        _logFile = Path.Combine(data, "host.log");
    }

    /// <summary>Its data folder.</summary>
    public string Data { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Client with the operator's token.</summary>
    public CaaSClient Client { get; private set; } = null!;

    /// <summary>The operator's token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Starts the platform and waits until it is ready.</summary>
    /// <param name="data">Data folder, made when absent.</param>
    /// <param name="command">Host command and its own options, such as <c>serve --kubeconfig F</c>.</param>
    /// <returns>The running platform.</returns>
    public static async Task<Platform> StartAsync(string data, string command)
    {
        Directory.CreateDirectory(data);
        var platform = new Platform(data, FreePort(), command);
        await platform.StartAgainAsync();
        return platform;
    }

    /// <summary>Starts it on the data folder it left.</summary>
    public async Task StartAgainAsync()
    {
        var host = Path.Combine(Live.Root, "artifacts/bin/CaaS.Host/release/CaaS.Host");
        _process = Process.Start(new ProcessStartInfo("bash")
        {
            // exec: the process id is the platform's own, so that a kill reaches it.
            ArgumentList =
            {
                "-c",
                $"exec '{host}' {_arguments} --data '{Data}' --urls '{Url}' >> '{_logFile}' 2>&1",
            },
        }) ?? throw new InvalidOperationException("The host did not start.");
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            if (_process.HasExited || started.Elapsed > StartLimit)
            {
                throw new InvalidOperationException($"The platform is not ready:\n{await TailAsync()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }

        Token = (await File.ReadAllTextAsync(Path.Combine(Data, "operator-token"))).Trim();
        Client = CaaSClient.Connect(Url, Token);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Last lines of its log.</summary>
    /// <returns>At most 60 lines.</returns>
    public async Task<string> TailAsync() =>
        File.Exists(_logFile) ? string.Join('\n', (await File.ReadAllLinesAsync(_logFile)).TakeLast(60)) : "(no log)";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync("readyz");
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
