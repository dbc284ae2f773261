using System.Globalization;
using System.Reflection;

namespace CaaS.Replay;

/// <summary>Puts the recorded settings back into an options object.</summary>
internal static class RecordedSettings
{
    /// <summary>Makes options with their defaults and the recorded changes.</summary>
    /// <typeparam name="T">Options type.</typeparam>
    /// <param name="section">Its configuration section.</param>
    /// <param name="configuration">Recorded settings by configuration key.</param>
    /// <returns>The options.</returns>
    /// <exception cref="FormatException">A value does not fit its property; a key that no longer exists is passed
    /// over.</exception>
    public static T Apply<T>(string section, IReadOnlyDictionary<string, string> configuration)
        where T : new()
    {
        var options = new T();
        foreach (var (key, value) in configuration)
        {
            if (key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)
                && Property<T>(key[(section.Length + 1)..]) is { } property)
            {
                property.SetValue(options, Parse(key, value, property.PropertyType));
            }
        }

        return options;
    }

    private static PropertyInfo? Property<T>(string name) =>
        typeof(T).GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    private static object Parse(string key, string value, Type type)
    {
        try
        {
            return type == typeof(TimeSpan) ? TimeSpan.Parse(value, CultureInfo.InvariantCulture)
                : type.IsEnum ? Enum.Parse(type, value, ignoreCase: true)
                : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            throw new FormatException($"The recording's setting {key} = '{value}' is not a {type.Name}.", e);
        }
    }
}
