using CaaS.Replay;

namespace CaaS.Host.Demo;

/// <summary>The recorded incident that comes with the host.</summary>
internal static class DemoRecording
{
    private const string File = "demo.caasrec";

    /// <summary>Reads it.</summary>
    /// <returns>The recording.</returns>
    public static Recording Read()
    {
        using var file = System.IO.File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Demo", File));
        return RecordingReader.Read(file);
    }
}
