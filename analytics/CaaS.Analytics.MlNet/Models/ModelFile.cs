using System.Buffers.Binary;
using System.Security.Cryptography;
using CaaS.Analytics.Models;
using CaaS.Signals;

namespace CaaS.Analytics.MlNet.Models;

/// <summary>A version of a model as one file; FORMAT.md has its bytes.</summary>
internal static class ModelFile
{
    private const int Version = 1;
    private const int HeadSize = 16;

    private static ReadOnlySpan<byte> Magic => "CAASMODL"u8;

    public static byte[] Write(ModelManifest manifest, ReadOnlySpan<byte> model)
    {
        var json = SignalsJson.Encode(manifest);
        var file = new byte[HeadSize + json.Length + model.Length + SHA256.HashSizeInBytes];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), json.Length);
        json.CopyTo(file, HeadSize);
        model.CopyTo(file.AsSpan(HeadSize + json.Length));
        var body = file.AsSpan(..^SHA256.HashSizeInBytes);
        SHA256.HashData(body, file.AsSpan(body.Length));
        return file;
    }

    /// <exception cref="ModelException">It is no whole file of a version this program knows.</exception>
    public static (ModelManifest Manifest, byte[] Model) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeadSize + SHA256.HashSizeInBytes || !file.StartsWith(Magic))
        {
            throw new ModelException("It is no model file, or it was cut short.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        if (version != Version)
        {
            throw new ModelException(FormattableString.Invariant($"Its format is {version}; this program knows {Version}."));
        }

        var body = file[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(file[body.Length..]))
        {
            throw new ModelException("Its checksum is wrong: the file was damaged or cut short.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(file[12..]);
        if (length < 0 || length > body.Length - HeadSize)
        {
            throw new ModelException("Its manifest is longer than the file.");
        }

        try
        {
            var manifest = SignalsJson.Decode<ModelManifest>(body.Slice(HeadSize, length));
            return (manifest, body[(HeadSize + length)..].ToArray());
        }
        catch (FormatException e)
        {
            throw new ModelException($"Its manifest makes no sense: {e.Message}", e);
        }
    }
}
