using System.Runtime.InteropServices;
using System.Text;

namespace CaaS.Ingest.Tests.Log;

/// <summary>Three mock brokers inside this process, speaking the real protocol on loopback.</summary>
/// <remarks>They keep 5 MB a partition and silently drop what is more: tests spread over partitions and check first
/// offsets.</remarks>
public sealed class MockKafka : IDisposable
{
    private const string Library = "centos8-librdkafka"; // The build that needs nothing beyond glibc.
    private const int Producer = 0;
    private const int ReplicaCount = 3;

    private readonly nint _client;
    private readonly nint _cluster;
    private readonly HashSet<string> _topics = [];
    private int _partition = -1;

    public MockKafka()
    {
        var error = new byte[512];
        _client = NewClient(Producer, NewConfiguration(), error, error.Length);
        _cluster = _client == 0
            ? throw new InvalidOperationException(Encoding.UTF8.GetString(error))
            : NewCluster(_client, ReplicaCount);
        BootstrapServers = Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;
    }

    public string BootstrapServers { get; }

    public void MakeTopic(string name, int partitionCount)
    {
        if (_topics.Add(name)
            && TopicCreate(_cluster, Encoding.UTF8.GetBytes(name + "\0"), partitionCount, ReplicaCount) is not 0 and var error)
        {
            throw new InvalidOperationException($"The mock broker answers {error}.");
        }
    }

    /// <summary>A partition no test has used.</summary>
    public int NextPartition() => ++_partition;

    public void Dispose()
    {
        DestroyCluster(_cluster);
        DestroyClient(_client);
    }

    [DllImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static extern nint NewConfiguration();

    [DllImport(Library, EntryPoint = "rd_kafka_new")]
    private static extern nint NewClient(int type, nint configuration, byte[] error, nint errorSize);

    [DllImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static extern void DestroyClient(nint client);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static extern nint NewCluster(nint client, int brokerCount);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static extern void DestroyCluster(nint cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static extern nint Bootstraps(nint cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_topic_create")]
    private static extern int TopicCreate(nint cluster, byte[] topic, int partitionCount, int replicaCount);
}
