using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Tests.Log;

/// <summary>Keeps the exceptions that are logged as errors.</summary>
internal sealed class ErrorList : ILogger
{
    public List<Exception?> Errors { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error)
        {
            Errors.Add(exception);
        }
    }
}
